// The records that incidents refer to: places, actors, sources, relations and alert periods.
#include <algorithm>

#include "tools/gen/actor_names.h"
#include "tools/gen/world.h"

namespace daftar::gen {
namespace {

const char* TagOf(Language language) { return WordListOf(language).tag; }

// The name in all four languages.
template <typename Message>
void AddKnownName(Items& items, Message& record, const KnownName& name) {
  items.AddName(record, name.english, "en");
  for (Language language : {Language::kRussian, Language::kTajik, Language::kPersian}) {
    items.AddName(record, name.In(language), TagOf(language)).set_kind(v1::NameKind::ALIAS);
  }
}

// The state of review and the marking, as they are in a dataset that many hands keep.
template <typename Message>
void SetState(Prng& random, Message& record) {
  record.set_review(random.Chance(850) ? v1::ReviewState::ACCEPTED : v1::ReviewState::PROPOSED);
  if (random.Chance(60)) record.set_tlp(random.Chance(700) ? v1::Tlp::GREEN : v1::Tlp::AMBER);
}

// A summary of about that many words, an account of one source.
v1::Account& AddAccount(const World& world, Prng& random, Items& items,
                        google::protobuf::RepeatedPtrField<v1::Account>& accounts, int32_t day, uint64_t words) {
  const uint64_t source = world.SampleSource(random, day);
  v1::Account& account = *accounts.Add();
  account.set_key(items.NextKey(41));
  account.set_source(world.IdOf(v1::RecordKind::SOURCE, source).str());
  account.set_credibility(static_cast<v1::Credibility::Code>(random.Below(5)));
  if (words > 0) account.set_summary(world.prose().Sentences(random, world.SourceLanguage(source), words));
  return account;
}

int32_t AnyDay(Prng& random) { return static_cast<int32_t>(random.Between(kFirstDay, kLastDay)); }

}  // namespace

v1::Place MakePlace(const World& world, uint64_t index) {
  Prng random = world.RandomOf(v1::RecordKind::PLACE, index);
  Items items(world, world.FirstRid(v1::RecordKind::PLACE) + static_cast<Rid>(index));
  const PlaceFacts facts = world.Place(index);
  v1::Place place;
  place.set_kind(facts.kind);
  if (facts.has_parent) place.set_parent(world.IdOf(v1::RecordKind::PLACE, facts.parent).str());
  place.set_country(Countries()[static_cast<size_t>(facts.country)].code);
  if (facts.kind != v1::PlaceKind::COUNTRY) {
    v1::GeoPoint& point = *place.mutable_point();
    point.set_lat_e7(facts.lat_e7);
    point.set_lon_e7(facts.lon_e7);
    const bool province = facts.kind == v1::PlaceKind::ADM1, district = facts.kind == v1::PlaceKind::ADM2;
    point.set_radius_m(province ? 90'000 : district ? 25'000 : 2'000);
    point.set_precision(province   ? v1::GeoPrecision::ADM1
                        : district ? v1::GeoPrecision::ADM2
                                   : v1::GeoPrecision::EXACT);
  }
  if (facts.kind == v1::PlaceKind::COUNTRY) {
    AddKnownName(items, place, Countries()[index].name);
  } else if (facts.kind == v1::PlaceKind::ADM1) {
    AddKnownName(items, place, Provinces()[index - Countries().size()].name);
  } else {
    const Spellings name = world.MadeUpPlaceName(index);
    items.AddName(place, name.latin, "en");
    const Language own = Countries()[static_cast<size_t>(facts.country)].code == std::string_view("AF")
                             ? Language::kPersian
                             : Language::kTajik;
    items.AddName(place, name.In(own), TagOf(own)).set_kind(v1::NameKind::ALIAS);
    if (random.Chance(500)) items.AddName(place, name.russian, "ru").set_kind(v1::NameKind::ALIAS);
    if (random.Chance(300) && name.press != name.latin) {
      v1::Name& press = items.AddName(place, name.press, "en");
      press.set_kind(v1::NameKind::TRANSLITERATION);
      press.set_scheme(v1::TranslitScheme::PRESS);
    }
  }
  SetState(random, place);
  items.AddExternal(place, ExternalIdOf('P', index));
  return place;
}

v1::Actor MakeActor(const World& world, uint64_t index) {
  Prng random = world.RandomOf(v1::RecordKind::ACTOR, index);
  Items items(world, world.FirstRid(v1::RecordKind::ACTOR) + static_cast<Rid>(index));
  v1::Actor actor;
  const v1::ActorClass::Code of = world.ActorClassOf(index);
  actor.set_class_(of);
  SetState(random, actor);
  items.AddExternal(actor, ExternalIdOf('A', index));
  if (of == v1::ActorClass::STATE) {
    actor.set_country(Countries()[index].code);
    AddKnownName(items, actor, Countries()[index].name);
    return actor;
  }
  // Two in three belong to the two countries of the field.
  const uint64_t country = random.Below(random.Chance(660) ? 2 : Countries().size());
  if (random.Chance(900)) actor.set_country(Countries()[country].code);
  const bool part_of_state = of == v1::ActorClass::STATE_BODY || of == v1::ActorClass::SECURITY_FORCE;
  if (part_of_state) {
    actor.set_parent(world.IdOf(v1::RecordKind::ACTOR, country).str());
  } else if (index > world.first_other_actor() && random.Chance(120)) {
    const uint64_t parent = world.first_other_actor() + random.Below(index - world.first_other_actor());
    actor.set_parent(world.IdOf(v1::RecordKind::ACTOR, parent).str());
  }

  const Spellings name = world.MadeUpActorName(index);
  const std::string english = world.ActorName(index, Language::kEnglish);
  items.AddName(actor, english, "en");
  const std::string press = FullActorName(of, index, name.press, Language::kEnglish);
  if (press != english && random.Chance(700)) {
    v1::Name& spelled = items.AddName(actor, press, "en");
    spelled.set_kind(v1::NameKind::TRANSLITERATION);
    spelled.set_scheme(v1::TranslitScheme::PRESS);
  }
  // Always two scripts at least, so that a search in the other one has an answer.
  for (Language language : {Language::kTajik, Language::kPersian, Language::kRussian}) {
    const bool always = language == Language::kTajik || language == Language::kPersian;
    if (!always && !random.Chance(600)) continue;
    items.AddName(actor, world.ActorName(index, language), TagOf(language)).set_kind(v1::NameKind::ALIAS);
  }
  const std::string acronym = AcronymOf(english);
  if (of != v1::ActorClass::PERSON && !acronym.empty() && random.Chance(350)) {
    items.AddName(actor, acronym, "en").set_kind(v1::NameKind::ABBREVIATION);
  }
  if (random.Chance(150)) {
    items.AddName(actor, MadeUpName(random, 2).latin, "en").set_kind(v1::NameKind::NICKNAME);
  }
  if (index > world.first_other_actor() && random.Chance(40)) {
    v1::Resemblance& other = *actor.add_same_as();
    other.set_key(items.NextKey(60));
    const uint64_t which = world.first_other_actor() + random.Below(index - world.first_other_actor());
    other.set_other(world.IdOf(v1::RecordKind::ACTOR, which).str());
    other.set_judgement(random.Chance(600) ? v1::Judgement::UNSURE : v1::Judgement::DIFFERENT);
    other.set_reason("like names");
  }
  const uint64_t accounts = random.Below(3);
  for (uint64_t i = 0; i < accounts; ++i) {
    const int32_t day = AnyDay(random);
    const uint64_t words = 8 + random.Below(20);
    v1::Account& account = AddAccount(world, random, items, *actor.mutable_account(), day, words);
    if (of == v1::ActorClass::ARMED_GROUP && random.Chance(500)) {
      v1::Amount& people = *account.add_strength()->mutable_people();
      people.set_best(static_cast<double>(10 * (1 + random.Below(60))));
      people.set_bound(v1::Bound::ABOUT);
    }
  }
  return actor;
}

v1::Source MakeSource(const World& world, uint64_t index) {
  Prng random = world.RandomOf(v1::RecordKind::SOURCE, index);
  Items items(world, world.FirstRid(v1::RecordKind::SOURCE) + static_cast<Rid>(index));
  const Language language = world.SourceLanguage(index);
  v1::Source source;
  static constexpr v1::SourceType::Code kTypes[] = {v1::SourceType::ARTICLE,
                                                    v1::SourceType::ARTICLE,
                                                    v1::SourceType::ARTICLE,
                                                    v1::SourceType::ARTICLE,
                                                    v1::SourceType::ANALYSIS,
                                                    v1::SourceType::ARTICLE,
                                                    v1::SourceType::SOCIAL_MEDIA,
                                                    v1::SourceType::VIDEO,
                                                    v1::SourceType::OFFICIAL_STATEMENT,
                                                    v1::SourceType::LOCAL_MEDIA_UNNAMED};
  source.set_type(index < 12 ? v1::SourceType::DATASET : kTypes[random.Below(std::size(kTypes))]);
  if (random.Chance(600)) {
    Spellings author = MadeUpName(random, 2);
    author.Append(" ", MadeUpFamilyName(random));
    source.set_author(author.In(language));
  }
  if (random.Chance(850)) source.set_publisher(world.IdOf(v1::RecordKind::ACTOR, world.SampleMedium(random)).str());
  *source.mutable_published() = DateAround(world.SourceDay(index), v1::DatePrecision::DAY);
  if (random.Chance(700)) source.set_url("https://news.example/" + ExternalIdOf('s', index));
  source.set_lang(TagOf(language));
  source.set_scale(static_cast<v1::SourceScale::Code>(1 + random.Below(5)));
  source.set_reliability(static_cast<v1::Reliability::Code>(random.Below(6)));
  // Chains of texts that rest on earlier ones, and share their roots.
  if (index < 20 || random.Chance(400)) {
    source.set_original(true);
  } else if (random.Chance(800)) {
    v1::Lineage& step = *source.add_lineage();
    const uint64_t back = 1 + random.Below(std::min<uint64_t>(index, 20));
    step.set_upstream(world.IdOf(v1::RecordKind::SOURCE, index - back).str());
    static constexpr v1::LineageKind::Code kKinds[] = {v1::LineageKind::QUOTES, v1::LineageKind::CITES,
                                                       v1::LineageKind::CITES, v1::LineageKind::REPUBLISHES,
                                                       v1::LineageKind::PARAPHRASES};
    step.set_kind(kKinds[random.Below(std::size(kKinds))]);
    step.set_inferred(random.Chance(100));
  }
  SetState(random, source);
  items.AddName(source, world.prose().Title(random, language, 4 + random.Below(6)), TagOf(language));
  items.AddExternal(source, ExternalIdOf('S', index));
  return source;
}

v1::Relation MakeRelation(const World& world, uint64_t index) {
  Prng random = world.RandomOf(v1::RecordKind::RELATION, index);
  Items items(world, world.FirstRid(v1::RecordKind::RELATION) + static_cast<Rid>(index));
  static constexpr v1::RelationType::Code kTypes[] = {
      v1::RelationType::MEMBER_OF,       v1::RelationType::MEMBER_OF,  v1::RelationType::SUBGROUP_OF,
      v1::RelationType::COOPERATES_WITH, v1::RelationType::AFFILIATED, v1::RelationType::ATTACKING_OTHER_GROUP,
      v1::RelationType::SUSPECTED_LINK,  v1::RelationType::HOSTILE_TO, v1::RelationType::PROVIDES_SUPPORT_TO};
  v1::Relation relation;
  const uint64_t from = world.SampleActor(random);
  uint64_t to = world.SampleActor(random);
  if (to == from) to = from == 0 ? 1 : from - 1;
  relation.set_from(world.IdOf(v1::RecordKind::ACTOR, from).str());
  relation.set_type(kTypes[random.Below(std::size(kTypes))]);
  relation.set_to(world.IdOf(v1::RecordKind::ACTOR, to).str());
  relation.set_negated(random.Chance(30));
  SetState(random, relation);
  const uint64_t accounts = 1 + random.Below(2);
  for (uint64_t i = 0; i < accounts; ++i) {
    const int32_t day = AnyDay(random);
    v1::Account& account = AddAccount(world, random, items, *relation.mutable_account(), day,
                                      random.Chance(500) ? 8 + random.Below(14) : 0);
    *account.mutable_period()->mutable_from() = DateAround(day, v1::DatePrecision::MONTH);
    account.mutable_period()->set_open_end(true);
  }
  items.AddExternal(relation, ExternalIdOf('R', index));
  return relation;
}

v1::AlertPeriod MakeAlertPeriod(const World& world, uint64_t index) {
  Prng random = world.RandomOf(v1::RecordKind::ALERT_PERIOD, index);
  Items items(world, world.FirstRid(v1::RecordKind::ALERT_PERIOD) + static_cast<Rid>(index));
  v1::AlertPeriod alert;
  const uint64_t village = world.SampleVillage(random);
  const uint64_t district = world.Place(village).parent;
  alert.add_area(world.IdOf(v1::RecordKind::PLACE, district).str());
  alert.set_declared_by(world.IdOf(v1::RecordKind::ACTOR, random.Below(Countries().size())).str());
  SetState(random, alert);
  const int32_t day = AnyDay(random);
  items.AddName(alert,
                world.prose().Title(random, Language::kEnglish, 4 + random.Below(4),
                                    {world.PlaceName(district, Language::kEnglish)}),
                "en");
  v1::Account& account =
      AddAccount(world, random, items, *alert.mutable_account(), day, random.Chance(600) ? 10 + random.Below(20) : 0);
  *account.mutable_period()->mutable_from() = DateAround(day, v1::DatePrecision::DAY);
  *account.mutable_period()->mutable_to() =
      DateAround(day + 3 + static_cast<int32_t>(random.Below(40)), v1::DatePrecision::DAY);
  account.set_level(static_cast<v1::AlertLevel::Code>(1 + random.Below(4)));
  account.add_measure()->set_kind(static_cast<v1::MeasureKind::Code>(1 + random.Below(6)));
  items.AddExternal(alert, ExternalIdOf('L', index));
  return alert;
}

}  // namespace daftar::gen
