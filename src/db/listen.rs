//! News from other nodes, through PostgreSQL's LISTEN and NOTIFY. It makes changes seen at once; that they are seen at all
//! does not rest on it, because versions are compared every second as well.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use super::conn::Backend;
use super::open::Db;
use super::signal::Signal;
use crate::base::{Error, Result};

/// How often the connection is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// How long to wait before listening again when the database went away.
const AGAIN: Duration = Duration::from_secs(1);

impl Db {
    /// Starts to listen to the other nodes. SQLite has none.
    pub fn listen(&self) -> Result<()> {
        let Backend::Postgres(url) = self.backend().clone() else { return Ok(()) };
        let db = self.clone();
        std::thread::Builder::new()
            .name("postgres-listener".into())
            .spawn(move || {
                loop {
                    if let Err(cause) = hear(&db, &url) {
                        tracing::warn!(%cause, "not listening to the other nodes; trying again");
                    }
                    std::thread::sleep(AGAIN);
                }
            })
            .map_err(Error::internal)?;
        Ok(())
    }
}

fn hear(db: &Db, url: &str) -> Result<()> {
    let mut conn = PgConnection::establish(url).map_err(Error::internal)?;
    conn.batch_execute("LISTEN signpost")?;
    loop {
        for heard in conn.notifications_iter() {
            let heard = heard?;
            // What this node said itself was told here when it was committed.
            if let Some((node, word)) = heard.payload.split_once('|')
                && node != db.node()
            {
                Signal::decode(word).into_iter().for_each(|signal| db.signals().tell(signal));
            }
        }
        std::thread::sleep(LOOK);
    }
}
