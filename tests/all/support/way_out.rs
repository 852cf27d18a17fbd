//! The way out of a world.

use std::sync::Arc;

use signpost::base::network::Network;
use signpost::outward::{Names, Outward};

/// Requests leave for this machine's own address alone: no name leads anywhere, so no test asks the world outside.
pub fn way_out() -> Outward {
    let own = Network::parse("127.0.0.1").unwrap();
    Outward::new(vec![own]).unwrap().with_names(Names::Fixed(Arc::new(|_| Vec::new())))
}
