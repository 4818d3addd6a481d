//! legtrace
