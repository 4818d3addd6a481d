//! Thirty nasty things that exports of real devices do, one test or more each.

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
