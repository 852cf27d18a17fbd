//! Documents that are right, for tests that need many.

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::*;
use crate::base::{Email, Instant, Lang, Localized, Name, Slug, Text};
use crate::duty::Hours;

/// Strings that YAML likes to take for something else.
const AWKWARD: &[&str] = &[
    "yes",
    "No",
    "y",
    "1.0",
    "0x1F",
    "1e3",
    ".5",
    "null",
    "~",
    "true",
    "a: b",
    "a #b",
    "#a",
    "@a",
    "- a",
    "-",
    "---",
    "...",
    "&a",
    "*a",
    "!a",
    "%a",
    "|",
    ">",
    "`a`",
    "{a}",
    "[a, b]",
    "a,b",
    "\"a\"",
    "'a'",
    "it's",
    "a\\b",
    "\\u0041",
    "?",
    "? a",
    ":a",
    "a:",
    "12:30",
    "2024-11-04",
    "2024-13-99",
    "=",
    "<<",
    "팀 저장소",
    "👩‍💻 emoji",
    "\u{2028}line",
    "\u{feff}mark",
    "e\u{301}",
    "a\u{fffe}b",
    "two  spaces",
    "۱۲",
];

fn one_line() -> impl Strategy<Value = String> {
    prop_oneof![select(AWKWARD).prop_map(str::to_owned), "[a-zA-Z가-힣 :#'\",\\[\\]{}&*!|>%@`~-]{1,30}", "\\PC{1,40}"]
}

fn many_lines() -> impl Strategy<Value = String> {
    prop_oneof![
        one_line(),
        "([ \\t]{0,3}[a-z#:가-힣\"-]{0,10}[ \\t\r]{0,2}\n){1,4}[a-z]{1,5}",
        vec(one_line(), 1..4).prop_map(|lines| lines.join("\n"))
    ]
}

fn name() -> impl Strategy<Value = Name> {
    one_line().prop_filter_map("a name", |text| Name::parse(&text).ok())
}

fn text() -> impl Strategy<Value = Text> {
    many_lines().prop_filter_map("a text", |text| Text::parse(&text).ok())
}

fn phrase() -> impl Strategy<Value = Text> {
    one_line().prop_filter_map("a phrase", |text| Text::parse(&text).ok())
}

/// In English, in Korean or in both.
fn localized<T: std::fmt::Display + std::fmt::Debug>(
    text: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Localized> {
    let boxed = |text: T| Box::from(text.to_string());
    (text.clone(), text, 0..3).prop_map(move |(en, ko, which)| Localized {
        en: (which != 1).then(|| boxed(en)),
        ko: (which != 0).then(|| boxed(ko)),
    })
}

fn names() -> BoxedStrategy<Localized> {
    localized(name().boxed()).boxed()
}

fn texts() -> BoxedStrategy<Localized> {
    localized(text().boxed()).boxed()
}

fn slug(kind: &str, number: usize) -> Slug {
    Slug::parse(&format!("{kind}-{number}")).unwrap()
}

fn email(number: usize) -> Email {
    Email::parse(&format!("person{number}@example.org")).unwrap()
}

fn hours() -> impl Strategy<Value = Vec<Hours>> {
    let some = ["Mon-Fri 09:00-17:00", "Sat-Mon 22:00-02:00", "Tue 14:00-16:00", "Mon-Sun 00:00-24:00"];
    vec(select(some.to_vec()), 0..3).prop_map(|texts| texts.iter().map(|text| Hours::parse(text).unwrap()).collect())
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 5).unwrap() + Days::new(number)
}

fn moment() -> impl Strategy<Value = Instant> {
    (0..4_000_000_000_000_000_i64).prop_map(Instant::from_micros)
}

fn phrases() -> impl Strategy<Value = Phrases> {
    (vec(phrase(), 0..3), vec(phrase(), 0..3)).prop_map(|(en, ko)| Phrases { en, ko })
}

fn brief() -> impl Strategy<Value = Brief> {
    let criterion = (names(), 1..=100_u8).prop_map(|(name, weight)| Criterion { name, weight });
    (select(Ambition::ALL), of(texts()), of(texts()), of(texts()), vec(criterion, 0..3)).prop_map(
        |(ambition, summary, background, scalability, criteria)| Brief {
            ambition,
            summary,
            background,
            scalability,
            criteria,
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let zone = select(vec![chrono_tz::Asia::Seoul, chrono_tz::Europe::London, chrono_tz::UTC]);
    (names(), zone, hours(), subsequence(vec![3, 1, 4], 0..=3), of(brief())).prop_map(
        |(name, timezone, working_hours, holidays, brief)| Event {
            slug: slug("event", 1),
            name,
            timezone,
            starts_on: day(0),
            ends_on: day(25),
            working_hours,
            holidays: holidays.into_iter().map(day).collect(),
            brief,
        },
    )
}

/// One unit in each organization, and three people, of whom the first does everything.
const SIZE: usize = 3;

fn organization(number: usize) -> impl Strategy<Value = Organization> {
    let lead = of(0..SIZE).prop_map(|lead| lead.map(email));
    (names(), names(), select(Function::ALL), lead.clone(), lead).prop_map(
        move |(name, unit, function, lead, unit_lead)| Organization {
            slug: slug("part", number),
            name,
            function,
            lead,
            units: vec![Unit { slug: slug("part", number), name: unit, lead: unit_lead }],
        },
    )
}

fn holder() -> impl Strategy<Value = Holder> {
    prop_oneof![
        (0..SIZE).prop_map(|number| Holder::Organization(slug("part", number))),
        (0..SIZE).prop_map(|number| Holder::Unit(slug("part", number))),
        (0..SIZE).prop_map(|number| Holder::Member(email(number))),
        Just(Holder::Role(TeamMentor::TeamMentor)),
    ]
}

fn holders() -> impl Strategy<Value = Vec<Holder>> {
    vec(holder(), 0..4).prop_map(|mut holders| {
        let mut seen = std::collections::BTreeSet::new();
        holders.retain(|holder| seen.insert(holder.clone()));
        holders
    })
}

fn channel(number: usize) -> impl Strategy<Value = Channel> {
    let zone = of(Just(chrono_tz::America::New_York));
    (of(names()), holder(), select(ChannelKind::ALL), text(), hours(), zone).prop_map(
        move |(name, owner, kind, place, hours, timezone)| {
            let address = match kind {
                ChannelKind::Email => Text::parse("help@example.org").unwrap(),
                ChannelKind::Phone => Text::parse("+82 2 123 4567").unwrap(),
                ChannelKind::InPerson => place,
                _ => Text::parse("https://example.org/a?b=c#d").unwrap(),
            };
            Channel { slug: slug("channel", number), name, owner, kind, address, hours, timezone }
        },
    )
}

fn topic(number: usize) -> impl Strategy<Value = Topic> {
    let parent = any::<(bool, Index)>();
    (any::<bool>(), parent, names(), of(texts()), phrases(), phrases()).prop_map(
        move |(packed, (child, above), name, description, keywords, examples)| Topic {
            slug: slug("topic", number),
            pack: packed.then(|| Slug::parse("cloud").unwrap()),
            parent: (child && number > 0).then(|| slug("topic", above.index(number))),
            name: (!packed || child).then_some(name),
            description,
            keywords,
            examples,
        },
    )
}

fn row(number: usize) -> impl Strategy<Value = Responsibility> {
    (holder(), holders(), holders(), holders()).prop_map(move |(accountable, responsible, consulted, informed)| {
        Responsibility {
            topic: slug("topic", number),
            accountable: (responsible.len() < 3).then_some(accountable),
            responsible,
            consulted,
            informed,
        }
    })
}

fn person(number: usize) -> impl Strategy<Value = Person> {
    let affiliation = of((any::<bool>(), 0..SIZE).prop_map(|(unit, number)| {
        let slug = slug("part", number);
        if unit { Affiliation::Unit(slug) } else { Affiliation::Organization(slug) }
    }));
    let minutes = (1..=WeeklyHours::MOST * 60).prop_map(|minutes| WeeklyHours::from_minutes(minutes).unwrap());
    (name(), affiliation, of(minutes), of(Just("+1 (555) 010-0")), of(select(vec![Lang::En, Lang::Ko])), any::<bool>())
        .prop_map(move |(name, affiliation, weekly_hours, phone, locale, flag)| Person {
            email: email(number),
            name,
            affiliation,
            roles: if flag || number == 0 { Role::ALL.to_vec() } else { vec![Role::Participant, Role::Mentor] },
            profession: flag.then(|| slug("trade", number)),
            weekly_hours,
            phone: phone.map(|phone| Text::parse(phone).unwrap()),
            locale,
            suspended: flag && number > 0,
        })
}

fn team(number: usize) -> impl Strategy<Value = Team> {
    (names(), 0..=SIZE).prop_map(move |(name, mentors)| Team {
        slug: slug("team", number),
        name,
        mentors: (0..mentors).map(email).collect(),
        members: (mentors..SIZE)
            .map(|number| TeamMember { email: email(number), function: slug("as", number) })
            .collect(),
    })
}

fn shift(number: usize) -> impl Strategy<Value = Shift> {
    (any::<(bool, bool, bool)>(), holder(), moment(), 1..100_000_i64).prop_map(
        move |((named, replaces, off), owner, from, minutes)| Shift {
            slug: named.then(|| slug("shift", number)),
            owner,
            channel: off.then(|| slug("channel", 0)),
            from,
            to: from.plus(chrono::TimeDelta::minutes(minutes)),
            replaces,
            on_duty: !(replaces && off),
        },
    )
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Hackathon),
        Just(Scope::Topic(slug("topic", 1))),
        Just(Scope::Organization(slug("part", 0))),
        Just(Scope::Unit(slug("part", 2))),
    ]
}

fn seconds() -> impl Strategy<Value = Option<u32>> {
    of(1..=SECONDS_MOST)
}

/// One on the whole hackathon and one on something else, so that no two are about the same.
fn sla_policy(whole: bool) -> impl Strategy<Value = SlaPolicy> {
    let scope = scope().prop_filter("one of each", move |scope| whole == (*scope == Scope::Hackathon));
    (names(), scope, seconds(), seconds(), seconds(), seconds()).prop_map(
        |(name, scope, claim, first, resolve, accept)| SlaPolicy {
            name,
            scope,
            claim_within_seconds: claim,
            first_response_within_seconds: first,
            resolve_within_seconds: resolve,
            accept_within_seconds: accept,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let told = prop_oneof![
        Just((Tell::Accountable, None)),
        Just((Tell::Organizers, None)),
        holder()
            .prop_filter("can be told", |one| !matches!(one, Holder::Role(_)))
            .prop_map(|one| (Tell::Holder, Some(one))),
    ];
    (1..1000_u32, told).prop_map(|(after_seconds, (tell, holder))| Step { after_seconds, tell, holder })
}

fn escalation_policy(trigger: Trigger) -> impl Strategy<Value = EscalationPolicy> {
    (names(), scope(), vec(step(), 0..4), 0..=REPEATS_MOST).prop_map(move |(name, scope, mut steps, repeats)| {
        steps.sort_by_key(|step| step.after_seconds);
        steps.dedup_by_key(|step| step.after_seconds);
        EscalationPolicy { name, trigger, scope, steps, repeats }
    })
}

fn sprint(number: u16, goal: Option<Localized>) -> Sprint {
    let starts_on = day(u64::from(number) * 5);
    Sprint { number, starts_on, ends_on: starts_on + Days::new(4), goal }
}

/// Any right document.
pub fn document() -> impl Strategy<Value = Document> {
    let consortium = [organization(0), organization(1), organization(2)];
    let channels = ([channel(0), channel(1)], [shift(0), shift(1)], 0..=2_usize);
    let matrix = ([topic(0), topic(1), topic(2)], [row(0), row(1)]);
    let people = ([person(0), person(1), person(2)], [team(0), team(1)]);
    let sprints = (of(texts()), of(texts()));
    let promises = [sla_policy(true).boxed(), sla_policy(false).boxed()];
    let escalations = [escalation_policy(Trigger::Unclaimed), escalation_policy(Trigger::Unanswered)];
    (event(), consortium, channels, matrix, people, sprints, (promises, escalations)).prop_map(
        |(
            hackathon,
            organizations,
            (channels, shifts, few),
            (topics, rows),
            (people, teams),
            (first, second),
            (promises, escalations),
        )| {
            Document {
                signpost: Version,
                hackathon,
                organizations: organizations.to_vec(),
                channels: channels.to_vec(),
                topics: topics.to_vec(),
                responsibilities: rows.into_iter().take(few).filter(holds_something).collect(),
                people: people.to_vec(),
                teams: teams.into_iter().take(few).collect(),
                sprints: [sprint(1, first), sprint(2, second)].into_iter().take(few).collect(),
                shifts: shifts.into_iter().take(few).collect(),
                sla_policies: promises.into_iter().take(few).collect(),
                escalation_policies: escalations.into_iter().take(few).collect(),
            }
        },
    )
}

fn holds_something(row: &Responsibility) -> bool {
    row.accountable.is_some() || !(row.responsible.is_empty() && row.consulted.is_empty() && row.informed.is_empty())
}
