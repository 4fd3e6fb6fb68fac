//! The alliance of 18 January 2013.

fn main() {}
