//! Shifts: duty besides the weekly hours, and instead of them.

use askama::Template;

use super::channel::{called, choices, value};
use super::one::{One, Subject};
use super::{Choice, frame, holders, label, may_change, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Item, May, Right, Within};
use crate::base::{Instant, Result, Sentence};
use crate::channel::shift::{self, Facts};
use crate::channel::{Channel, Shift, store};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::{ON_THE_WALL, Reading};
use crate::pages::time::Watch;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

/// A shift within its hackathon.
type Here = Within<Hackathon, Shift>;

#[derive(Template)]
#[template(path = "setting/shifts.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    coming: Vec<Line>,
    over: Vec<Line>,
    new: Option<Vec<Entry>>,
}

/// A shift as it is listed.
struct Line {
    id: String,
    owner: String,
    channel: Option<Words>,
    sort: Sentence,
    from: String,
    until: String,
}

/// How a shift stands to the weekly hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Besides,
    Instead,
    Away,
}

impl Sort {
    const ALL: [Sort; 3] = [Sort::Besides, Sort::Instead, Sort::Away];

    fn of(facts: &Facts) -> Sort {
        match (facts.replaces, facts.on_duty) {
            (false, _) => Sort::Besides,
            (true, true) => Sort::Instead,
            (true, false) => Sort::Away,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Sort::Besides => "besides",
            Sort::Instead => "instead",
            Sort::Away => "away",
        }
    }

    fn from_word(word: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.word() == word)
    }

    fn called(self) -> Sentence {
        match self {
            Sort::Besides => Sentence::fixed("On duty besides the weekly hours", "주간 시간에 더한 근무"),
            Sort::Instead => Sentence::fixed("On duty instead of the weekly hours", "주간 시간을 대신하는 근무"),
            Sort::Away => Sentence::fixed("Not on duty", "응답 불가"),
        }
    }
}

/// What a shift is about, to choose from.
struct Known {
    owners: Vec<Choice>,
    channels: Vec<Channel>,
    watch: Watch,
}

impl Known {
    fn load(tx: &mut Tx, here: &Hackathon, visit: &Visit) -> Result<Known> {
        Ok(Known {
            owners: holders(tx, here, visit.lang)?,
            channels: store::channel::all(tx, here.id)?,
            watch: visit.watch(here),
        })
    }

    fn channels(&self) -> Vec<(String, String)> {
        let lang = self.watch.lang;
        let all = (String::new(), lang.either("All of theirs", "모든 채널").to_owned());
        let each = self.channels.iter().map(|one| (one.id.to_string(), called(one, lang).text));
        std::iter::once(all).chain(each).collect()
    }

    /// A moment on the wall clocks of the event, as browsers read it.
    fn on_the_wall(&self, at: Instant) -> String {
        at.utc().with_timezone(&self.watch.zone).format(ON_THE_WALL).to_string()
    }

    fn line(&self, of: &Shift) -> Line {
        let channel = self.channels.iter().find(|one| Some(one.id) == of.facts.channel);
        Line {
            id: of.id.to_string(),
            owner: label(&self.owners, of.facts.owner),
            channel: channel.map(|one| called(one, self.watch.lang)),
            sort: Sort::of(&of.facts).called(),
            from: self.watch.exact(of.facts.starts_at),
            until: self.watch.exact(of.facts.ends_at),
        }
    }

    /// The fields about a shift; none: one that is added.
    fn fields(&self, again: &Again, stored: Option<&Facts>) -> Vec<Entry> {
        let lang = self.watch.lang;
        let entry = |name: &str, en, ko, stored: &str| again.entry("", name, Sentence::fixed(en, ko), stored);
        let sorts = Sort::ALL.iter().map(|one| (one.word().to_owned(), one.called().text(lang).to_owned())).collect();
        let at = |at: Option<Instant>| at.map(|at| self.on_the_wall(at)).unwrap_or_default();
        let (from, until) = (at(stored.map(|of| of.starts_at)), at(stored.map(|of| of.ends_at)));
        let channel = stored.and_then(|of| of.channel).map(|id| id.to_string()).unwrap_or_default();
        let zone = self.watch.zone.name();
        let from = entry("starts_at", "From", "시작", &from).of("datetime-local");
        vec![
            entry("owner", "Who", "누가", value(&self.owners, stored.map(|of| of.owner)))
                .among(choices(&self.owners, lang)),
            entry("sort", "What", "구분", stored.map_or("", |of| Sort::of(of).word())).among(sorts),
            Entry {
                hint: Some(crate::say!("In the zone of the event, {zone}.", "행사 시간대({zone}) 기준")), ..from
            },
            entry("ends_at", "Until", "끝", &until).of("datetime-local"),
            entry("channel", "Channel", "채널", &channel).among(self.channels()),
        ]
    }
}

/// `GET /h/{hackathon}/settings/shifts`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let here = right.on();
    let known = Known::load(tx, here, visit)?;
    let mut all = store::shift::all(tx, here.id)?;
    all.sort_by_key(|one| one.facts.starts_at);
    let (over, coming): (Vec<Shift>, Vec<Shift>) = all.into_iter().partition(|one| one.facts.ends_at <= visit.now);
    let place = format!("{}/shifts", place(here));
    Ok(Page {
        frame: frame(tx, visit, right, &place)?,
        place,
        coming: coming.iter().map(|one| known.line(one)).collect(),
        // The last one that is over comes first.
        over: over.iter().rev().map(|one| known.line(one)).collect(),
        new: may_change(right).then(|| known.fields(&again, None)),
        obstacles: again.obstacles,
    })
}

fn facts(tx: &mut Tx, here: &Hackathon, typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let owner = reading.holder(tx, here.id, "owner")?;
    let sort = reading.word("sort", Sort::from_word);
    let zone = here.timezone.0;
    let (from, until) = (reading.moment("starts_at", zone), reading.moment("ends_at", zone));
    let channel = typed.filled("channel").map(|key| shift::about(tx, here.id, key)).transpose();
    let channel = reading.found(channel)?;
    reading.whole(|| {
        let sort = sort?;
        Some(Facts {
            owner: owner?,
            channel: channel?,
            starts_at: from?,
            ends_at: until?,
            replaces: sort != Sort::Besides,
            on_duty: sort != Sort::Away,
        })
    })
}

/// `POST /h/{hackathon}/settings/shifts`
pub async fn add(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let facts = facts(tx, here, &said)?;
        hackathon::touch(tx, here.id)?;
        shift::add(tx, here.id, &facts)?;
        Ok(format!("{}/shifts", place(here)))
    });
    match done.await {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => drawn(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

/// `GET /h/{hackathon}/settings/shifts/{shift}`
pub async fn edit(visit: Visit, may: May<SeeDraft, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<SeeDraft, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item } = right.on();
        let known = Known::load(tx, here, &visit)?;
        let subject = Subject {
            up: ("shifts", Sentence::fixed("Shifts", "근무")),
            kind: Sentence::fixed("Shift", "근무"),
            name: Words::name(label(&known.owners, item.facts.owner)),
            path: format!("shifts/{}", item.id),
            fields: known.fields(&again, Some(&item.facts)),
            removal: Sentence::fixed(
                "The weekly hours count again in its time.",
                "그 시간에는 다시 주간 시간이 적용됩니다.",
            ),
        };
        One::of(tx, right, &visit, subject, again)
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/settings/shifts/{shift}`
pub async fn change(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let facts = facts(tx, parent, &said)?;
        hackathon::touch(tx, parent.id)?;
        shift::change(tx, item, &facts)?;
        Ok(format!("{}/shifts", place(parent)))
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/settings/shifts/{shift}/remove`
pub async fn remove(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::shift::delete(tx, item)?;
        Ok(format!("{}/shifts", place(parent)))
    });
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeDraft, Here>, done: Result<String>, typed: Typed) -> Shown {
    match done {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => edit_page(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}
