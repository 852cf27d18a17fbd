//! Telling webhooks what happened: at once where a commit is announced, every second besides.

use std::time::Duration;

use super::every;
use crate::webhook::Sender;

/// How often the outbox and what is due are looked at when nothing is announced.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is counted what waits.
const MEASURE: Duration = Duration::from_secs(60);

/// Starts telling on the present runtime. It ends with it.
pub fn start(sender: &Sender) {
    let (teller, meter) = (sender.clone(), sender.clone());
    tokio::spawn(every(Duration::ZERO, "telling webhooks what happened", move || {
        let sender = teller.clone();
        async move {
            sender.wait(LOOK).await;
            sender.dispatch().await?;
            sender.send().await
        }
    }));
    tokio::spawn(every(MEASURE, "counting deliveries", move || {
        let sender = meter.clone();
        async move { sender.measure().await }
    }));
}
