//! Reads channels and shifts.

use super::super::check::{Thing, address};
use super::super::document::{Channel, Shift};
use super::consortium::holder;
use super::{Fields, Reader, Spot, language, scalar, word};
use crate::base::{Instant, say};

/// Where a holder is reached.
pub fn channel(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Channel> {
    let mut f = Fields::open(r, at)?;
    let slug = f.required(r, "slug", |r, at| r.declare(Thing::Channel, &at));
    let name = f.optional(r, "name", language::localized_name);
    let owner = f.required(r, "owner", holder);
    let kind = f.required(r, "kind", word::channel_kind);
    let address = f.required(r, "address", |r, at| {
        let text = scalar::text(r, at.clone())?;
        address::check(r, &at, kind?, text)
    });
    let hours = f.list(r, "hours", scalar::hours);
    let timezone = f.optional(r, "timezone", scalar::zone);
    f.close(r);
    Some(Channel { slug: slug?, name, owner: owner?, kind: kind?, address: address?, hours, timezone })
}

/// Duty beyond the weekly hours, or instead of them.
pub fn shift(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Shift> {
    let mut f = Fields::open(r, at)?;
    let slug = f.optional(r, "slug", |r, at| r.declare(Thing::Shift, &at));
    let owner = f.required(r, "owner", holder);
    let channel = f.optional(r, "channel", |r, at| r.refer(Thing::Channel, &at));
    let from = f.required(r, "from", scalar::moment);
    let to = f.required(r, "to", |r, at| end(r, at, from));
    let replaces = f.optional(r, "replaces", scalar::flag).unwrap_or(false);
    let on_duty = f.optional(r, "on_duty", |r, at| on_duty(r, at, replaces)).unwrap_or(true);
    f.close(r);
    Some(Shift { slug, owner: owner?, channel, from: from?, to: to?, replaces, on_duty })
}

fn end(r: &mut Reader<'_>, at: Spot<'_>, from: Option<Instant>) -> Option<Instant> {
    let to = scalar::moment(r, at.clone())?;
    if from.is_some_and(|from| to <= from) {
        let detail = say!(
            "A shift ends after it begins. Write a later time.",
            "근무는 시작보다 뒤에 끝나야 합니다. 더 늦은 시각을 적으세요."
        );
        r.fault(&at, "shift.order", detail);
    }
    Some(to)
}

fn on_duty(r: &mut Reader<'_>, at: Spot<'_>, replaces: bool) -> Option<bool> {
    let on_duty = scalar::flag(r, at.clone())?;
    if !on_duty && !replaces {
        let detail = say!(
            "To be absent takes the place of the weekly hours: add \"replaces: true\".",
            "자리를 비우려면 주간 시간을 대신해야 합니다. \"replaces: true\"를 추가하세요."
        );
        r.fault(&at, "shift.absent", detail);
    }
    Some(on_duty)
}
