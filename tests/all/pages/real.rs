//! The pages in a real browser: what cannot be seen in their HTML.

mod chrome;
mod driver;
mod hostile;
mod keys;
mod live;
mod look;
mod scene;
