//! The command `servanda`, as a library.
