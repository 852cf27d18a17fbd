//! A stream as text: server-sent events (HTML, 9.2), for as long as the listener stays and may listen.

use std::time::{Duration, Instant};

use futures_util::stream::{self, Stream};

use super::listener::{Heard, Listener, Said};

/// How often it is looked whether whoever listens may still do so. Within five seconds, less what news takes.
const LOOK: Duration = Duration::from_secs(2);
/// A stream on which nothing happens gives a sign of life this often, so that what lies between does not cut it off.
const BEAT: Duration = Duration::from_secs(15);
/// After how many milliseconds a client that was cut off comes back.
const AGAIN: u32 = 2_000;

/// What a stream is answered with. What is compressed is held back until there is enough of it, and `identity` keeps a
/// compressor away; the last one tells nginx to pass on each event at once.
pub const HEADERS: [(&str, &str); 4] = [
    ("content-type", "text/event-stream"),
    ("content-encoding", "identity"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),
];

/// How somebody is told.
pub struct Manner {
    /// The line of a sign of life.
    pub beat: &'static str,
    /// The lines of an event.
    pub event: Box<dyn Fn(&Said) -> String>,
}

/// What a listener hears, piece by piece. `stays` is asked again and again whether it may still hear: a token expires and
/// a session ends while the stream is open.
pub fn flow<S, F>(listener: Listener, manner: Manner, stays: S) -> impl Stream<Item = String>
where
    S: Fn() -> F,
    F: Future<Output = bool>,
{
    let flow = Flow { listener, manner, stays, has_greeted: false, last: Instant::now() };
    stream::unfold(flow, Flow::next)
}

/// A stream under way.
struct Flow<S> {
    listener: Listener,
    manner: Manner,
    stays: S,
    has_greeted: bool,
    /// When something was last sent.
    last: Instant,
}

impl<S, F> Flow<S>
where
    S: Fn() -> F,
    F: Future<Output = bool>,
{
    /// The next piece of the stream; `None` ends it.
    async fn next(mut self) -> Option<(String, Flow<S>)> {
        if !self.has_greeted {
            self.has_greeted = true;
            let greeting = format!("retry: {AGAIN}\nid: {}\n\n", self.listener.at());
            return Some(self.sent(greeting));
        }
        loop {
            if !(self.stays)().await {
                return None;
            }
            match self.listener.next(LOOK).await {
                Ok(Heard::Events(said)) if !said.is_empty() => {
                    let events =
                        said.iter().map(|one| format!("id: {}\n{}\n\n", one.position, (self.manner.event)(one)));
                    let events = events.collect();
                    return Some(self.sent(events));
                }
                Ok(Heard::Reset) => {
                    let reset = format!("id: {}\nevent: reset\ndata: {{}}\n\n", self.listener.at());
                    return Some(self.sent(reset));
                }
                Ok(Heard::Events(_) | Heard::Nothing) if self.last.elapsed() < BEAT => {}
                // It carries the place as well: who comes back need not go through what was not theirs to see.
                Ok(Heard::Events(_) | Heard::Nothing) => {
                    let beat = format!("{}\nid: {}\n\n", self.manner.beat, self.listener.at());
                    return Some(self.sent(beat));
                }
                Ok(Heard::Over) => return None,
                Err(cause) => {
                    tracing::warn!(%cause, "a stream ends; its listener comes back to where it was");
                    return None;
                }
            }
        }
    }

    fn sent(mut self, text: String) -> (String, Flow<S>) {
        self.last = Instant::now();
        (text, self)
    }
}
