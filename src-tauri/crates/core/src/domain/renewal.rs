//! How an engagement ends: renewed into the next one, churned, or ended without a decision.

use super::engagement::{Engagement, Record};
use super::handover::must_own_or_have;
use super::kinds::{ChurnReason, Outcome, Role, StageKind, Status};
use super::refusal::Refusal;
use super::template::Rule;
use super::{Actor, Change, Colleague, typed};
use crate::ids::{AccountId, EngagementId, ProductId};
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Kind, Value};
use chrono::NaiveDate;

impl Outcome {
    /// It opens the next engagement.
    #[must_use]
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Renewed | Self::Expanded | Self::Reduced)
    }
}

/// A decision as typed.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// How it ends.
    pub outcome: Outcome,
    /// Why the client leaves, if it does.
    pub churn_reason: Option<ChurnReason>,
    /// What else is to be said; needed when it ends without a decision, and for the reason "other".
    pub note: Option<&'a str>,
    /// The engagement that it opens, if it goes on.
    pub next: Option<EngagementId>,
}

impl Engagement {
    /// The decision that stands.
    #[must_use]
    pub fn decision(&self) -> Option<&Record> {
        self.events_of(Kind::Append, field::DECISION)
            .filter(|record| !self.retracted.contains(&record.dot))
            .last()
    }

    /// How it ended, if it did.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let decision = self.decision()?;
        decision
            .operation
            .value
            .part("outcome")
            .and_then(Value::as_text)
            .and_then(Outcome::from_word)
    }

    /// What became of it.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.outcome() {
            None => Status::Active,
            Some(Outcome::Ended) => Status::Ended,
            Some(Outcome::Churned) => Status::Churned,
            Some(_) => Status::Renewed,
        }
    }
}

/// What an engagement was sold as; the next one begins with the same unless something else is typed.
#[derive(Debug, Clone)]
pub struct Sold {
    /// Its name.
    pub name: String,
    /// The client company.
    pub account: Option<AccountId>,
    /// The product of the catalogue.
    pub product: Option<ProductId>,
    /// The product as sold.
    pub product_name: Option<String>,
    /// Its value in minor units.
    pub value_minor: Option<i64>,
    /// The currency of the value.
    pub currency: Option<String>,
}

/// The next engagement as typed.
#[derive(Debug, Clone)]
pub struct Next<'a> {
    /// Its id.
    pub id: EngagementId,
    /// Its name; the same if absent.
    pub name: Option<&'a str>,
    /// Its value in minor units: absent the same, none if it is not known yet.
    pub value_minor: Option<Option<i64>>,
    /// Its currency; the same if absent.
    pub currency: Option<String>,
    /// The currency of amounts that were never given one.
    pub usual_currency: String,
    /// Its contract ends on, ISO date.
    pub contract_end_on: Option<&'a str>,
}

/// Opens the engagement that renews this one: of the same client, product and template, signed today, and owned by
/// who kept the client and so hands it over.
///
/// # Errors
/// [`Refusal::NameMissing`]; [`Refusal::ValueInvalid`] for a negative value, another currency without a value in it, or
/// what is no date.
pub fn open_next(
    engagement: &Engagement,
    actor: &Actor,
    sold: Sold,
    next: Next<'_>,
    today: NaiveDate,
) -> Result<Change, Refusal> {
    // An amount means something else in another currency: it is typed anew, or said to be unknown.
    let is_same_amount = next.value_minor.is_none() && sold.value_minor.is_some();
    let was_sold_in = sold.currency.as_ref().unwrap_or(&next.usual_currency);
    if is_same_amount
        && next
            .currency
            .as_ref()
            .is_some_and(|currency| currency != was_sold_in)
    {
        return Err(Refusal::value_invalid("currency", "with_value"));
    }
    let value = typed::amount("value_minor", next.value_minor.unwrap_or(sold.value_minor))?;
    let currency = match (next.currency, value) {
        (Some(currency), _) => Some(currency),
        (None, Some(_)) => Some(sold.currency.unwrap_or(next.usual_currency)),
        (None, None) => None,
    };
    let name = next.name.map_or(Ok(sold.name), typed::name)?;
    let end_on = typed::optional_date("contract_end_on", next.contract_end_on)?;
    let owner = engagement.ownership.owner.unwrap_or(actor.person.id);
    Ok(Change::create(
        ENGAGEMENT,
        next.id.0,
        vec![
            (field::NAME, name.into()),
            (field::ACCOUNT, sold.account.map(|account| account.0).into()),
            (field::PRODUCT, sold.product.map(|product| product.0).into()),
            (field::PRODUCT_NAME, sold.product_name.into()),
            (field::TEMPLATE, engagement.template.id.into()),
            (field::VALUE_MINOR, value.into()),
            (field::CURRENCY, currency.into()),
            (field::SIGNED_ON, today.to_string().into()),
            (field::SELLER, owner.0.into()),
            (field::PREVIOUS, engagement.id.0.into()),
            (field::CONTRACT_END_ON, end_on.into()),
        ],
    ))
}

/// Says when the contract ends: the owner, and those who deal with contracts.
///
/// # Errors
/// [`Refusal::NotYourRole`].
pub fn may_set_contract_end(engagement: &Engagement, actor: &Actor) -> Result<(), Refusal> {
    let contracts = [Role::Sales, Role::AccountManager, Role::BackOffice];
    must_own_or_have(engagement, actor, &contracts)
}

/// Sets the end of the contract, or that it has none; `now` is what stands there.
///
/// # Errors
/// [`Refusal::EngagementDeleted`]; [`Refusal::AlreadyEnded`]; as [`may_set_contract_end`]; [`Refusal::ValueInvalid`] for what is no date.
pub fn decide_contract_end(
    engagement: &Engagement,
    now: Option<&str>,
    actor: &Actor,
    on: Option<&str>,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    may_set_contract_end(engagement, actor)?;
    let on = typed::optional_date("contract_end_on", on)?;
    if on.as_deref() == now {
        return Ok(Vec::new());
    }
    let change = Change::set(ENGAGEMENT, engagement.id.0, field::CONTRACT_END_ON, on);
    Ok(vec![change.seeing(engagement.tip())])
}

/// Decides about the renewal, or ends the engagement. Going on passes the gate of the last stage; a client who
/// leaves is not held back by a checklist, and that can happen in every stage.
///
/// # Errors
/// [`Refusal::AlreadyEnded`], [`Refusal::NotYourRole`], [`Refusal::NotInRenewal`], [`Refusal::GateClosed`],
/// [`Refusal::ReasonMissing`].
pub fn decide_renewal(
    engagement: &Engagement,
    actor: &Actor,
    decision: &Decision<'_>,
    colleagues: &[Colleague],
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    must_own_or_have(engagement, actor, &[Role::AccountManager])?;
    let note = typed::optional(decision.note);
    let needs_note = match (decision.outcome, decision.churn_reason) {
        (Outcome::Churned, None) => return Err(Refusal::ReasonMissing),
        (Outcome::Churned, Some(ChurnReason::Other)) | (Outcome::Ended, _) => true,
        _ => false,
    };
    if needs_note && note.is_none() {
        return Err(Refusal::ReasonMissing);
    }
    let gate = engagement.gate();
    let mut evidence = Vec::new();
    if decision.outcome.goes_on() {
        if gate.stage.kind != StageKind::Renewal {
            return Err(Refusal::NotInRenewal {
                stage: gate.stage.id.to_owned(),
            });
        }
        let open: Vec<_> = gate
            .open
            .iter()
            .filter(|item| item.rule != Rule::Decided)
            .map(|item| engagement.open_item(item, colleagues))
            .collect();
        if !open.is_empty() || !gate.blocks.is_empty() {
            return Err(Refusal::GateClosed {
                engagement_id: engagement.id.to_string(),
                stage: gate.stage.id.to_owned(),
                to: decision.outcome.word().to_owned(),
                open_items: open,
                blocks: gate.blocks,
            });
        }
        evidence = gate.overrides.iter().map(|record| record.dot).collect();
        let items = gate.stage.items();
        evidence.extend(items.filter_map(|item| Some(engagement.item(item.id)?.version.dot)));
    }
    let mut parts = vec![("outcome".to_owned(), decision.outcome.word().into())];
    if decision.outcome == Outcome::Churned {
        parts.extend(
            decision
                .churn_reason
                .map(|reason| ("churn_reason".to_owned(), reason.word().into())),
        );
    }
    parts.extend(note.map(|note| ("note".to_owned(), note.into())));
    parts.extend(
        decision
            .next
            .map(|next| ("next".to_owned(), Value::Id(next.0))),
    );
    let change = Change::append(
        ENGAGEMENT,
        engagement.id.0,
        field::DECISION,
        Vec::new(),
        Value::Record(parts),
    );
    Ok(vec![Change { evidence, ..change }.seeing(engagement.tip())])
}

#[cfg(test)]
mod tests {
    use super::super::story::{actor, engagement_of, person};
    use super::*;
    use crate::ids::Id;

    #[test]
    fn the_owner_and_those_who_deal_with_contracts_say_when_one_ends() {
        let engagement = engagement_of("Ola");
        let set = |name, role| {
            let actor = actor(name, &[role]);
            decide_contract_end(&engagement, Some("2027-01-31"), &actor, Some("2027-12-31"))
        };
        assert!(set("Ola", Role::ProjectManager).is_ok(), "the owner");
        for role in [
            Role::Sales,
            Role::AccountManager,
            Role::BackOffice,
            Role::Lead,
        ] {
            assert!(set("Jo", role).is_ok(), "{role:?}");
        }
        for role in [Role::ProjectManager, Role::Support] {
            let refused = set("Jo", role);
            assert!(
                matches!(refused, Err(Refusal::NotYourRole { .. })),
                "{role:?}"
            );
        }
    }

    #[test]
    fn the_same_end_of_a_contract_changes_nothing() {
        let engagement = engagement_of("Ola");
        let ola = actor("Ola", &[]);
        let set = |now, on| decide_contract_end(&engagement, now, &ola, on);
        assert_eq!(set(Some("2027-01-31"), Some("2027-1-31")), Ok(Vec::new()));
        assert_eq!(
            set(Some("2027-01-31"), None).map(|changes| changes.len()),
            Ok(1)
        );
        let no_date = Err(Refusal::value_invalid("contract_end_on", "date"));
        assert_eq!(set(None, Some("next year")), no_date);
    }

    #[test]
    fn the_next_engagement_is_the_same_again_but_for_what_is_typed() {
        let engagement = engagement_of("Ola");
        let sold = Sold {
            name: "Support desk".to_owned(),
            account: None,
            product: None,
            product_name: Some("Desk".to_owned()),
            value_minor: Some(100),
            currency: Some("PLN".to_owned()),
        };
        let next = Next {
            id: EngagementId(Id([6; 16])),
            name: None,
            value_minor: None,
            currency: None,
            usual_currency: "EUR".to_owned(),
            contract_end_on: None,
        };
        let today = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day");
        let open = |sold: &Sold, next: Next<'_>| {
            open_next(&engagement, &actor("Jo", &[]), sold.clone(), next, today)
        };
        let has = |change: &Change, number, value: Value| change.fields.contains(&(number, value));
        let same = open(&sold, next.clone()).expect("an engagement");
        assert!(has(&same, field::NAME, "Support desk".into()));
        assert!(has(&same, field::VALUE_MINOR, Value::Int(100)));
        assert!(has(&same, field::CURRENCY, "PLN".into()));
        assert!(has(&same, field::SIGNED_ON, "2026-11-02".into()));
        assert!(
            has(&same, field::SELLER, person("Ola").0.into()),
            "the owner goes on"
        );
        let unknown = Next {
            value_minor: Some(None),
            ..next.clone()
        };
        let unknown = open(&sold, unknown).expect("an engagement");
        let money = [field::VALUE_MINOR, field::CURRENCY];
        assert!(
            unknown
                .fields
                .iter()
                .all(|(number, _)| !money.contains(number))
        );
        let unsold = Sold {
            currency: None,
            ..sold.clone()
        };
        let usual = open(&unsold, next.clone()).expect("an engagement");
        assert!(has(&usual, field::CURRENCY, "EUR".into()));
        let negative = Next {
            value_minor: Some(Some(-1)),
            ..next
        };
        let refused = Err(Refusal::value_invalid("value_minor", "amount"));
        assert_eq!(open(&sold, negative), refused);
    }
}
