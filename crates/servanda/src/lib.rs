//! Keeps track of what governments and institutions said they would do.
