//! The sender: what the clockwork does for webhooks.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::queue::{self, Outcome, Parcel};
use super::signature;
use super::{DeliveryState, Webhook, dispatch, store};
use crate::base::{Error, Id, Result};
use crate::db::{Db, Signal};
use crate::hackathon::Hackathon;
use crate::outbox;
use crate::outward::Outward;

/// To how many webhooks something is sent at a time. One that is slow holds up nothing but itself.
const AT_A_TIME: usize = 16;
/// Who calls.
const AGENT: &str = concat!("Signpost/", env!("CARGO_PKG_VERSION"));

/// Tells webhooks what happened. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    db: Db,
    outward: Outward,
    base: Arc<str>,
    wake: Arc<Notify>,
    free: Arc<Semaphore>,
}

impl Sender {
    /// A sender over this store, whose messages lead to this server's address.
    pub fn new(db: Db, outward: Outward, base: &str) -> Sender {
        let wake = Arc::new(Notify::new());
        let ear = Arc::downgrade(&wake);
        db.signals().listen(move |signal| {
            if let (Signal::Question { .. }, Some(wake)) = (signal, ear.upgrade()) {
                wake.notify_one();
            }
        });
        Sender { db, outward, base: base.into(), wake, free: Arc::new(Semaphore::new(AT_A_TIME)) }
    }

    /// Waits until something happened, at most so long.
    pub async fn wait(&self, most: Duration) {
        // Woken or not: the outbox and what is due are looked at.
        let _woken = tokio::time::timeout(most, self.wake.notified()).await;
    }

    /// Writes down what is to be sent of everything in the outbox.
    pub async fn dispatch(&self) -> Result<()> {
        for hackathon in self.db.read(|tx| outbox::store::trailing(tx, dispatch::READER)).await? {
            while self.step(hackathon).await? {}
        }
        Ok(())
    }

    async fn step(&self, hackathon: Id<Hackathon>) -> Result<bool> {
        let base = self.base.clone();
        self.db.write(move |tx| dispatch::step(tx, hackathon, &base)).await
    }

    /// Begins to send what is due, as far as there is room. What is sent is not waited for.
    pub async fn send(&self) -> Result<()> {
        let room = i64::try_from(self.free.available_permits()).unwrap_or_default();
        if room == 0 || self.db.read(move |tx| store::queue::due(tx, 1)).await?.is_empty() {
            return Ok(());
        }
        for webhook in self.db.write(move |tx| queue::take(tx, room)).await? {
            let permit = self.free.clone().acquire_owned().await.map_err(Error::internal)?;
            tokio::spawn(self.clone().work(webhook, permit));
        }
        Ok(())
    }

    /// Sends what is due to one webhook, one after the other, until there is nothing more or one does not arrive.
    async fn work(self, webhook: Id<Webhook>, _permit: OwnedSemaphorePermit) {
        if let Err(cause) = self.send_to(webhook).await {
            // It was deleted meanwhile, or the store is away; then it is taken up again when its time with us is over.
            tracing::debug!(%webhook, %cause, "stopped to send to a webhook");
        }
    }

    async fn send_to(&self, webhook: Id<Webhook>) -> Result<()> {
        while let Some(parcel) = self.db.write(move |tx| queue::next(tx, webhook)).await? {
            let outcome = self.call(&parcel).await;
            let state = self.db.write(move |tx| queue::settle(tx, &parcel, &outcome)).await?;
            let word = if state == DeliveryState::Waiting { "retried" } else { state.word() };
            metrics::counter!("signpost_webhook_deliveries_total", "outcome" => word).increment(1);
            if state != DeliveryState::Delivered {
                break;
            }
        }
        self.db.write(move |tx| queue::give_back(tx, webhook)).await
    }

    async fn call(&self, Parcel { delivery, target, secrets }: &Parcel) -> Outcome {
        let (body, now) = (&delivery.body, self.db.clock().now());
        let mut headers = vec![("content-type", "application/json".to_owned()), ("user-agent", AGENT.to_owned())];
        headers.extend(signature::headers(&delivery.message_id(), now, body, secrets));
        let began = std::time::Instant::now();
        let answered = self.outward.post(target, &headers, body).await;
        (answered, i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX))
    }

    /// Puts down how much waits, for those who watch.
    pub async fn measure(&self) -> Result<()> {
        let waiting = self.db.read(store::queue::waiting).await?;
        metrics::gauge!("signpost_webhook_deliveries", "state" => "waiting")
            .set(f64::from(i32::try_from(waiting).unwrap_or(i32::MAX)));
        Ok(())
    }
}
