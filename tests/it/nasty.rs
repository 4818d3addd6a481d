//! The thirty nasty cases of the importer's notes, one test or more each, in their order.

mod apps;
mod beside;
mod bundles;
mod clocks;
mod damage;
mod loggers;
mod meanings;
mod others;
mod shapes;
mod units;
mod when;
mod written;
