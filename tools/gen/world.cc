#include "tools/gen/world.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "storage/base/bytes.h"
#include "tools/gen/actor_names.h"

namespace daftar::gen {
namespace {

constexpr int64_t kFirstIdMs = 1767225600000;  // 2026-01-01: the times in ids, of which only the order matters
constexpr uint64_t kMsPerId = 4;

// The whole part of n^0.6.
uint64_t PowerOfThreeFifths(uint64_t n) {
  __extension__ using U128 = unsigned __int128;
  const U128 cube = static_cast<U128>(n) * n * n;
  uint64_t root = 1;
  for (uint64_t step = 1 << 17; step > 0; step /= 2) {
    const U128 next = root + step;
    if (next * next * next * next * next <= cube) root += step;
  }
  return root;
}

Counts CountsFor(uint64_t incidents) {
  const uint64_t scale = PowerOfThreeFifths(incidents);
  Counts counts;
  counts.places = Countries().size() + Provinces().size() + std::max<uint64_t>(scale, 24);
  counts.actors = std::max<uint64_t>(scale * 15 / 4, 30);
  counts.sources = std::max<uint64_t>(scale * 10, 20);
  counts.relations = std::max<uint64_t>(incidents / 50, 10);
  counts.alert_periods = std::max<uint64_t>(incidents / 200, 2);
  counts.incidents = incidents;
  return counts;
}

constexpr Kind kOrder[] = {v1::RecordKind::PLACE,    v1::RecordKind::ACTOR,        v1::RecordKind::SOURCE,
                           v1::RecordKind::RELATION, v1::RecordKind::ALERT_PERIOD, v1::RecordKind::INCIDENT};

uint64_t CountOf(const Counts& counts, Kind kind) {
  switch (kind) {
    case v1::RecordKind::PLACE:
      return counts.places;
    case v1::RecordKind::ACTOR:
      return counts.actors;
    case v1::RecordKind::SOURCE:
      return counts.sources;
    case v1::RecordKind::RELATION:
      return counts.relations;
    case v1::RecordKind::ALERT_PERIOD:
      return counts.alert_periods;
    default:
      return counts.incidents;
  }
}

// The numbers of `side` in RandomOf, where facts must not depend on how a record is made.
enum Side : uint64_t { kPlaceFacts = 101, kPlaceName, kSourceFacts };

int32_t Clamped(int64_t value, int64_t low, int64_t high) { return static_cast<int32_t>(std::clamp(value, low, high)); }

}  // namespace

World::World(const GeneratorOptions& options)
    : seed_(options.seed),
      counts_(CountsFor(options.incidents)),
      districts_((counts_.places - Countries().size() - Provinces().size()) / 8),
      media_(std::max<uint64_t>(counts_.actors / 50, 4)),
      prose_(options.seed),
      villages_zipf_(static_cast<uint32_t>(counts_.places - first_village())),
      actors_zipf_(static_cast<uint32_t>(counts_.actors - first_other_actor())),
      media_zipf_(static_cast<uint32_t>(media_)) {}

Rid World::FirstRid(Kind kind) const {
  uint64_t rid = 1;
  for (Kind earlier : kOrder) {
    if (earlier == kind) break;
    rid += CountOf(counts_, earlier);
  }
  return static_cast<Rid>(rid);
}

Kind World::KindOf(Rid rid) const {
  Kind found = kOrder[0];
  for (Kind kind : kOrder) {
    if (rid >= FirstRid(kind)) found = kind;
  }
  return found;
}

Uuid World::IdOf(Rid rid) const {
  const uint64_t ms = kFirstIdMs + rid * kMsPerId;
  Prng random(MixOf({seed_, 0x6964, rid}));
  const uint64_t high = ms << 16 | 0x7000 | (random.Next() & 0xfff);
  const uint64_t low = 0x8000000000000000u | (random.Next() >> 2);
  std::string bytes;
  PutU64(bytes, high);
  PutU64(bytes, low);
  return *Uuid::FromBytes(bytes);
}

std::optional<Rid> World::RidOf(const Uuid& id) const {
  std::string_view bytes = id.bytes();
  uint64_t high = 0;
  TakeU64(bytes, high);
  const int64_t ms = static_cast<int64_t>(high >> 16) - kFirstIdMs;
  if (ms <= 0 || static_cast<uint64_t>(ms) > counts_.total() * kMsPerId) return std::nullopt;
  const Rid rid = static_cast<Rid>(static_cast<uint64_t>(ms) / kMsPerId);
  return rid > 0 && IdOf(rid) == id ? std::optional<Rid>(rid) : std::nullopt;
}

uint64_t World::KeyOf(Rid rid, uint32_t collection, uint64_t item) const {
  return (MixOf({seed_, 0x6b6579, rid, collection}) >> 24 << 8) + item + 1;
}

PlaceFacts World::Place(uint64_t index) const {
  PlaceFacts facts;
  if (index < Countries().size()) {
    facts.kind = v1::PlaceKind::COUNTRY;
    facts.country = static_cast<int>(index);
    return facts;
  }
  facts.has_parent = true;
  const uint64_t first_province = Countries().size();
  if (index < first_district()) {
    const Province& province = Provinces()[index - first_province];
    facts.kind = v1::PlaceKind::ADM1;
    facts.country = province.country;
    facts.parent = static_cast<uint64_t>(province.country);
    facts.lat_e7 = (province.south + province.north) / 2 * 100'000;
    facts.lon_e7 = (province.west + province.east) / 2 * 100'000;
    return facts;
  }
  Prng random = RandomOf(v1::RecordKind::PLACE, index, kPlaceFacts);
  if (index < first_village()) {
    facts.kind = v1::PlaceKind::ADM2;
    facts.parent = first_province + random.Below(random.Chance(850) ? kInnerProvinces : Provinces().size());
    const Province& province = Provinces()[facts.parent - first_province];
    facts.country = province.country;
    facts.lat_e7 = static_cast<int32_t>(random.Between(province.south * 100'000, province.north * 100'000));
    facts.lon_e7 = static_cast<int32_t>(random.Between(province.west * 100'000, province.east * 100'000));
    return facts;
  }
  facts.parent = first_district() + random.Below(districts_);
  const PlaceFacts district = Place(facts.parent);
  const Province& province = Provinces()[district.parent - first_province];
  facts.country = district.country;
  // About 15 km around the middle of the district.
  facts.lat_e7 = Clamped(district.lat_e7 + random.Between(-1'400'000, 1'400'000), province.south * 100'000,
                         province.north * 100'000);
  facts.lon_e7 = Clamped(district.lon_e7 + random.Between(-1'700'000, 1'700'000), province.west * 100'000,
                         province.east * 100'000);
  const uint64_t sort = random.Below(100);
  if (sort < 4) facts.kind = v1::PlaceKind::BORDER_POST;
  if (sort >= 4 && sort < 7) facts.kind = v1::PlaceKind::CROSSING;
  return facts;
}

Spellings World::MadeUpPlaceName(uint64_t index) const {
  Prng random = RandomOf(v1::RecordKind::PLACE, index, kPlaceName);
  return MadeUpName(random, 2 + random.Below(2));
}

std::string World::PlaceName(uint64_t index, Language language) const {
  if (index < Countries().size()) return Countries()[index].name.In(language);
  if (index < first_district()) return Provinces()[index - Countries().size()].name.In(language);
  return MadeUpPlaceName(index).In(language);
}

uint64_t World::SampleVillage(Prng& random) const { return first_village() + villages_zipf_.Sample(random); }

v1::ActorClass::Code World::ActorClassOf(uint64_t index) const {
  if (index < first_medium()) return v1::ActorClass::STATE;
  if (index < first_other_actor()) return v1::ActorClass::MEDIA;
  return ClassOfOtherActor(MixOf({seed_, 0x636c617373, index}) % 100);
}

Spellings World::MadeUpActorName(uint64_t index) const {
  Prng random = RandomOf(v1::RecordKind::ACTOR, index, 1);
  Spellings name = MadeUpName(random, 2 + random.Below(2));
  if (ActorClassOf(index) == v1::ActorClass::PERSON) name.Append(" ", MadeUpFamilyName(random));
  return name;
}

std::string World::ActorName(uint64_t index, Language language) const {
  if (index < Countries().size()) return Countries()[index].name.In(language);
  return FullActorName(ActorClassOf(index), index, MadeUpActorName(index).In(language), language);
}

uint64_t World::SampleActor(Prng& random) const {
  if (random.Chance(120)) return random.Below(Countries().size());
  return first_other_actor() + actors_zipf_.Sample(random);
}

Language World::SourceLanguage(uint64_t index) const {
  Prng random = RandomOf(v1::RecordKind::SOURCE, index, kSourceFacts);
  return Prose::LanguageOf(random);
}

int32_t World::SourceDay(uint64_t index) const {
  const uint64_t days = kLastDay - kFirstDay + 1;
  return kFirstDay + static_cast<int32_t>(index * days / counts_.sources);
}

uint64_t World::SampleSource(Prng& random, int32_t day) const {
  // A few datasets and yearbooks are cited for everything.
  if (random.Chance(60)) return random.Below(std::min<uint64_t>(12, counts_.sources));
  const uint64_t days = kLastDay - kFirstDay + 1;
  const uint64_t at = static_cast<uint64_t>(day - kFirstDay) * counts_.sources / days;
  const uint64_t after = random.Below(1 + random.Below(40));
  return std::min(at + 1 + after, counts_.sources - 1);
}

std::string ExternalIdOf(char letter, uint64_t index) {
  std::string digits = std::to_string(index + 1);
  if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
  return letter + digits;
}

v1::FuzzyDate DateAround(int32_t day, v1::DatePrecision::Code precision) {
  v1::FuzzyDate date;
  int32_t first = day, last = day;
  using std::chrono::sys_days;
  const std::chrono::year_month_day at{sys_days{std::chrono::days{day}}};
  auto number = [](sys_days of) { return static_cast<int32_t>(of.time_since_epoch().count()); };
  switch (precision) {
    case v1::DatePrecision::DAYS_2_6:
      last = day + 3;
      break;
    case v1::DatePrecision::WEEK:
      first = day - 3;
      last = day + 3;
      break;
    case v1::DatePrecision::MONTH:
      first = number(sys_days{at.year() / at.month() / 1});
      last = number(sys_days{at.year() / at.month() / std::chrono::last});
      break;
    case v1::DatePrecision::YEAR:
      first = number(sys_days{at.year() / 1 / 1});
      last = number(sys_days{at.year() / 12 / 31});
      break;
    default:
      break;
  }
  date.set_first_day(first);
  date.set_last_day(last);
  date.set_precision(precision);
  return date;
}

}  // namespace daftar::gen
