// An incident: first what happened, then what each account makes of it.
#include <algorithm>
#include <iterator>
#include <vector>

#include "tools/gen/incident_codes.h"
#include "tools/gen/world.h"

namespace daftar::gen {
namespace {

constexpr const char* kTags[] = {"border",    "weapons",   "narcotics", "infiltration", "river", "night",  "checkpoint",
                                 "militants", "smuggling", "refugees",  "civilians",    "ied",   "drone",  "shelling",
                                 "mountains", "arrest",    "statement", "video",        "trade", "water",  "livestock",
                                 "hostage",   "protest",   "court",     "recruitment",  "cache", "ambush", "mine",
                                 "patrol",    "convoy",    "customs",   "elders"};

constexpr uint64_t kBlock = 400;  // incidents in a row that may belong to one campaign

// What happened, before anybody tells of it.
struct Truth {
  IncidentCodes codes;
  int32_t day = 0;
  uint64_t village = 0;
  uint64_t side_a = 0, side_b = 0;  // actors
  uint64_t killed = 0, wounded = 0;
  std::vector<v1::ItemClass::Code> seized;
};

int32_t ClampedDay(int64_t day) { return static_cast<int32_t>(std::clamp<int64_t>(day, kFirstDay, kLastDay)); }

// Mostly 0 to 3, now and then dozens.
uint64_t SampleToll(Prng& random) {
  if (random.Chance(450)) return 0;
  if (random.Chance(930)) return 1 + random.Below(1 + random.Below(5));
  return 5 + random.Below(1 + random.Below(60));
}

Truth SampleTruth(const World& world, Prng& random, uint64_t index) {
  Truth truth;
  truth.codes = SampleCodes(random);
  const uint64_t days = kLastDay - kFirstDay + 1;
  const int64_t due = kFirstDay + static_cast<int64_t>(index * days / world.counts().incidents);
  truth.side_a = world.SampleActor(random);
  truth.side_b = world.SampleActor(random);
  truth.village = world.SampleVillage(random);
  const int64_t noise = random.Between(-12, 12) + random.Between(-12, 12);
  // One in twenty-five is entered long after it happened.
  const int64_t late = random.Chance(40) ? static_cast<int64_t>(random.Below(900)) : 0;
  truth.day = ClampedDay(due + noise - late);
  if (random.Chance(220)) {
    // A campaign flares up for some days in one district, between the same two sides.
    const uint64_t block = index / kBlock;
    Prng campaign = world.RandomOf(v1::RecordKind::INCIDENT, block, 7);
    const int64_t start =
        kFirstDay + static_cast<int64_t>(block * kBlock * days / world.counts().incidents) + campaign.Between(0, 9);
    const uint64_t length = 3 + campaign.Below(7);
    const uint64_t base = world.SampleVillage(campaign);
    const uint64_t district = world.Place(base).parent;
    truth.side_a = world.SampleActor(campaign);
    truth.side_b = world.SampleActor(campaign);
    truth.day = ClampedDay(start + static_cast<int64_t>(random.Below(length)));
    truth.village = random.Chance(500) ? base : truth.village;
    if (world.Place(truth.village).parent != district) truth.village = base;
  }
  if (truth.side_b == truth.side_a) truth.side_b = truth.side_a == 0 ? 1 : truth.side_a - 1;
  if (truth.codes.violent) {
    truth.killed = SampleToll(random);
    truth.wounded = SampleToll(random);
  }
  if (truth.codes.seizes) {
    const uint64_t items = 1 + random.Below(4);
    for (uint64_t i = 0; i < items; ++i) {
      truth.seized.push_back(static_cast<v1::ItemClass::Code>(1 + random.Below(v1::ItemClass::VEHICLE)));
    }
  }
  return truth;
}

void AddToll(Prng& random, google::protobuf::RepeatedPtrField<v1::Toll>& tolls, uint64_t truth, v1::Side::Code of) {
  v1::Toll& toll = *tolls.Add();
  toll.set_of(of);
  // One account in four counts otherwise. One draw a statement: the order within one is the compiler's.
  uint64_t best = truth;
  if (random.Chance(250)) best += random.Below(3);
  if (best > 0 && random.Chance(100)) --best;
  const uint64_t form = random.Below(10);
  if (form < 7) {
    toll.set_best(static_cast<double>(best));
  } else if (form == 7) {
    toll.set_low(static_cast<double>(best));
    toll.set_bound(v1::Bound::AT_LEAST);
  } else {
    toll.set_low(static_cast<double>(best - best / 3));
    toll.set_best(static_cast<double>(best));
    toll.set_high(static_cast<double>(best + 1 + best / 2));
    toll.set_bound(form == 8 ? v1::Bound::ABOUT : v1::Bound::EXACT);
  }
}

void AddRole(const World& world, v1::Account& account, uint64_t actor, v1::RoleKind::Code kind) {
  v1::Role& role = *account.add_role();
  role.set_actor(world.IdOf(v1::RecordKind::ACTOR, actor).str());
  role.set_kind(kind);
  role.set_inter(InterOf(world.ActorClassOf(actor)));
}

void SetDate(Prng& random, const Truth& truth, v1::Account& account) {
  const uint64_t form = random.Below(100);
  if (form >= 93) return;
  int32_t day = truth.day;
  if (form < 16) {
    const auto off = static_cast<int32_t>(1 + random.Below(5));
    day = ClampedDay(random.Chance(500) ? day + off : day - off);
  }
  v1::DatePrecision::Code precision = v1::DatePrecision::DAY;
  if (form >= 16 && form < 25) precision = v1::DatePrecision::MONTH;
  if (form >= 25 && form < 30) precision = v1::DatePrecision::WEEK;
  if (form >= 30 && form < 34) precision = v1::DatePrecision::DAYS_2_6;
  *account.mutable_date() = DateAround(day, precision);
  if (precision == v1::DatePrecision::DAY && random.Chance(200)) {
    account.mutable_date()->set_part(static_cast<v1::DayPart::Code>(1 + random.Below(5)));
  }
  if (random.Chance(40)) account.mutable_date()->set_year_inferred(true);
}

void SetPlace(const World& world, Prng& random, const Truth& truth, v1::Account& account) {
  const uint64_t form = random.Below(100);
  if (form >= 90) return;
  uint64_t place = truth.village;
  if (form >= 55 && form < 80) place = world.Place(place).parent;
  if (form >= 80 && form < 85) place = world.Place(world.Place(place).parent).parent;
  if (form >= 85) place = world.SampleVillage(random);
  account.set_place(world.IdOf(v1::RecordKind::PLACE, place).str());
}

void AddLineage(const World& world, Prng& random, const Truth& truth, v1::Account& account) {
  static constexpr v1::LineageKind::Code kKinds[] = {v1::LineageKind::CITES, v1::LineageKind::QUOTES,
                                                     v1::LineageKind::REPORTS_ON, v1::LineageKind::PARAPHRASES};
  const uint64_t form = random.Below(100);
  const uint64_t steps = form < 60 ? 0 : form < 90 ? 1 : 2;
  for (uint64_t i = 0; i < steps; ++i) {
    v1::Lineage& step = *account.add_lineage();
    step.set_kind(kKinds[random.Below(std::size(kKinds))]);
    const bool body = random.Chance(350);
    step.set_upstream(body ? world.IdOf(v1::RecordKind::ACTOR, truth.side_a).str()
                           : world.IdOf(v1::RecordKind::SOURCE, world.SampleSource(random, truth.day)).str());
    step.set_inferred(random.Chance(150));
  }
}

void AddSeized(Prng& random, const Truth& truth, v1::Account& account) {
  if (random.Chance(200)) {
    account.add_seized()->set_class_(v1::ItemClass::CACHE_UNSPECIFIED);
    return;
  }
  for (v1::ItemClass::Code item : truth.seized) {
    v1::SeizedItem& seized = *account.add_seized();
    seized.set_class_(item);
    const uint64_t count = 1 + random.Below(1 + random.Below(200));
    if (item == v1::ItemClass::NARCOTICS) {
      seized.mutable_mass()->set_best(static_cast<double>(count * 500));
      seized.mutable_mass()->set_unit(v1::Unit::GRAM);
    } else if (random.Chance(150)) {
      seized.mutable_quantity()->set_bound(v1::Bound::NOT_GIVEN);
    } else {
      seized.mutable_quantity()->set_best(static_cast<double>(count));
    }
    if (random.Chance(150)) {
      seized.set_model("M-" + std::to_string(1 + random.Below(99)));
    }
  }
}

// Ten to sixty words, 32 on average.
uint64_t SummaryWords(Prng& random) {
  const uint64_t most = random.Chance(200) ? random.Below(51) : 50;
  return 10 + random.Below(1 + most);
}

void SetText(const World& world, Prng& random, const Truth& truth, Language language, bool first,
             v1::Account& account) {
  if (first || random.Chance(550)) {
    std::vector<std::string> names;
    if (random.Chance(500)) names.push_back(world.PlaceName(truth.village, language));
    if (random.Chance(500)) names.push_back(world.ActorName(truth.side_b, language));
    account.set_summary(world.prose().Sentences(random, language, SummaryWords(random), names));
  }
  if (random.Chance(120)) {
    account.set_wording(world.prose().Sentences(random, language, 10 + random.Below(8)));
    account.set_lang(WordListOf(language).tag);
  }
}

void AddAccount(const World& world, Prng& random, Items& items, const Truth& truth, v1::Incident& incident) {
  const bool first = incident.account_size() == 0;
  v1::Account& account = *incident.add_account();
  account.set_key(items.NextKey(41));
  const uint64_t source = world.SampleSource(random, truth.day);
  account.set_source(world.IdOf(v1::RecordKind::SOURCE, source).str());
  if (random.Chance(250)) {
    account.set_said_by(
        world.IdOf(v1::RecordKind::ACTOR, random.Chance(700) ? truth.side_a : world.SampleActor(random)).str());
  }
  AddLineage(world, random, truth, account);
  account.set_credibility(static_cast<v1::Credibility::Code>(random.Below(6)));
  if (random.Chance(80)) account.set_confidence(static_cast<uint32_t>(20 + 5 * random.Below(17)));
  if (random.Chance(150)) account.set_modality(random.Chance(900) ? v1::Modality::ALLEGED : v1::Modality::NEGATED);
  if (!first && random.Chance(140)) account.set_stance(random.Chance(650) ? v1::Stance::CONFIRMS : v1::Stance::DENIES);
  SetText(world, random, truth, world.SourceLanguage(source), first, account);
  SetDate(random, truth, account);
  SetPlace(world, random, truth, account);
  if (truth.codes.violent) {
    const bool of_b = random.Chance(600);
    if (random.Chance(800)) {
      AddToll(random, *account.mutable_killed(), truth.killed, of_b ? v1::Side::SIDE_B : v1::Side::CIVILIANS);
    }
    if (random.Chance(400)) AddToll(random, *account.mutable_wounded(), truth.wounded, v1::Side::SIDE_A);
  }
  if (!truth.seized.empty()) AddSeized(random, truth, account);
  if (first || random.Chance(400)) {
    AddRole(world, account, truth.side_a, truth.codes.first_role);
    if (random.Chance(800)) AddRole(world, account, truth.side_b, truth.codes.second_role);
  }
}

void AddState(const World& world, Prng& random, uint64_t index, Items& items, v1::Incident& incident) {
  const uint64_t review = random.Below(100);
  incident.set_review(review < 72   ? v1::ReviewState::ACCEPTED
                      : review < 88 ? v1::ReviewState::PROPOSED
                      : review < 96 ? v1::ReviewState::IN_REVIEW
                      : review < 98 ? v1::ReviewState::RETURNED
                                    : v1::ReviewState::ON_HOLD);
  if (random.Chance(200)) incident.set_tlp(static_cast<v1::Tlp::Code>(1 + random.Below(5)));
  if (random.Chance(8)) {
    v1::Retirement& retired = *incident.mutable_retired();
    retired.set_reason("entered twice");
    if (index > 0) retired.set_replaced_by(world.IdOf(v1::RecordKind::INCIDENT, index - 1).str());
  }
  if (incident.account_size() > 1 && random.Chance(60)) {
    v1::Choice& choice = *incident.add_choice();
    choice.set_key(v1::Attribute::DATE);
    choice.set_account(incident.account(static_cast<int>(random.Below(2))).key());
    choice.set_reason("nearer to the event");
  }
  items.AddExternal(incident, ExternalIdOf('G', index));
  const uint64_t tags = random.Below(3);
  // Two different ones, in the order of the list: a tag twice would be one.
  const uint64_t first_tag = random.Below(std::size(kTags) / 2);
  if (tags > 0) items.AddTag(incident, kTags[first_tag]);
  if (tags > 1) items.AddTag(incident, kTags[first_tag + 1 + random.Below(std::size(kTags) / 2)]);
}

}  // namespace

v1::Incident MakeIncident(const World& world, uint64_t index) {
  Prng random = world.RandomOf(v1::RecordKind::INCIDENT, index);
  Items items(world, world.FirstRid(v1::RecordKind::INCIDENT) + static_cast<Rid>(index));
  const Truth truth = SampleTruth(world, random, index);
  v1::Incident incident;
  SetCodes(random, truth.codes, incident);
  const Language language = Prose::LanguageOf(random);
  std::vector<std::string> in_title;
  if (random.Chance(400)) in_title.push_back(world.PlaceName(truth.village, language));
  items.AddName(incident, world.prose().Title(random, language, 4 + random.Below(6), in_title),
                WordListOf(language).tag);
  // 1 to 5, 1.8 on average.
  const uint64_t draw = random.Below(100);
  const uint64_t accounts = draw < 50 ? 1 : draw < 79 ? 2 : draw < 92 ? 3 : draw < 98 ? 4 : 5;
  for (uint64_t i = 0; i < accounts; ++i) AddAccount(world, random, items, truth, incident);
  AddState(world, random, index, items, incident);
  return incident;
}

}  // namespace daftar::gen
