//! borders
