//! Numbers: slices in, slices out. No unit but the one in a name, no file, no clock.
