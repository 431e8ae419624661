// What all records of a generated dataset share: how many there are, their ids, and the facts that records tell of each
// other. Only this folder's .cc files use it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "tools/gen/gazetteer.h"
#include "tools/gen/generator.h"
#include "tools/gen/prng.h"
#include "tools/gen/prose.h"
#include "tools/gen/spelling.h"
#include "tools/gen/zipf.h"

namespace daftar::gen {

// The days that incidents fall on, since 1970-01-01.
inline constexpr int32_t kFirstDay = 10957;  // 2000-01-01
inline constexpr int32_t kLastDay = 20453;   // 2025-12-31

// What a place is, without its record.
struct PlaceFacts {
  v1::PlaceKind::Code kind = v1::PlaceKind::SETTLEMENT;
  uint64_t parent = 0;  // index of a place; countries have none
  bool has_parent = false;
  int country = 0;  // position in Countries()
  int32_t lat_e7 = 0, lon_e7 = 0;
};

// Immutable; any thread. Indexes count from 0 within a kind.
class World {
 public:
  explicit World(const GeneratorOptions& options);

  uint64_t seed() const { return seed_; }
  const Counts& counts() const { return counts_; }
  const Prose& prose() const { return prose_; }

  // Kind by kind, in the order of rids.
  Rid FirstRid(Kind kind) const;
  Kind KindOf(Rid rid) const;
  Uuid IdOf(Rid rid) const;
  Uuid IdOf(Kind kind, uint64_t index) const { return IdOf(FirstRid(kind) + static_cast<Rid>(index)); }
  std::optional<Rid> RidOf(const Uuid& id) const;

  // Random numbers of one record, and of one of its sides.
  Prng RandomOf(Kind kind, uint64_t index, uint64_t side = 0) const {
    return Prng(MixOf({seed_, static_cast<uint64_t>(kind), index, side}));
  }
  // A key for the item with that number of that record: 48 bits, ascending with `item`, so that bodies are canonical as
  // serialized. REQUIRES: item < 255.
  uint64_t KeyOf(Rid rid, uint32_t collection, uint64_t item) const;

  // Countries, provinces, districts, villages, in this order.
  PlaceFacts Place(uint64_t index) const;
  std::string PlaceName(uint64_t index, Language language) const;
  Spellings MadeUpPlaceName(uint64_t index) const;  // REQUIRES: a district or village
  uint64_t first_district() const { return Countries().size() + Provinces().size(); }
  uint64_t first_village() const { return first_district() + districts_; }
  // A village, near the border more often than not.
  uint64_t SampleVillage(Prng& random) const;

  // States, media, all others.
  v1::ActorClass::Code ActorClassOf(uint64_t index) const;
  std::string ActorName(uint64_t index, Language language) const;
  // Its own name alone, made up. REQUIRES: not a state.
  Spellings MadeUpActorName(uint64_t index) const;
  uint64_t first_medium() const { return Countries().size(); }
  uint64_t first_other_actor() const { return first_medium() + media_; }
  // Not a medium.
  uint64_t SampleActor(Prng& random) const;
  uint64_t SampleMedium(Prng& random) const { return first_medium() + media_zipf_.Sample(random); }

  Language SourceLanguage(uint64_t index) const;
  int32_t SourceDay(uint64_t index) const;
  // A source that tells of that day, mostly published a little after it.
  uint64_t SampleSource(Prng& random, int32_t day) const;

 private:
  const uint64_t seed_;
  const Counts counts_;
  const uint64_t districts_, media_;
  const Prose prose_;
  const Zipf villages_zipf_, actors_zipf_, media_zipf_;
};

// The records, each from its index.
v1::Place MakePlace(const World& world, uint64_t index);
v1::Actor MakeActor(const World& world, uint64_t index);
v1::Source MakeSource(const World& world, uint64_t index);
v1::Relation MakeRelation(const World& world, uint64_t index);
v1::AlertPeriod MakeAlertPeriod(const World& world, uint64_t index);
v1::Incident MakeIncident(const World& world, uint64_t index);

// Adds names and other items with their keys.
class Items {
 public:
  Items(const World& world, Rid rid) : world_(world), rid_(rid) {}
  uint64_t NextKey(uint32_t collection) { return world_.KeyOf(rid_, collection, next_[collection - 40]++); }
  template <typename Message>
  v1::Name& AddName(Message& record, const std::string& text, const char* lang) {
    v1::Name& name = *record.add_name();
    name.set_key(NextKey(40));
    name.set_text(text);
    name.set_lang(lang);
    return name;
  }
  template <typename Message>
  void AddExternal(Message& record, const std::string& id) {
    v1::External& external = *record.add_external();
    external.set_key(NextKey(43));
    external.set_system("gen");
    external.set_id(id);
  }
  template <typename Message>
  void AddTag(Message& record, std::string_view text) {
    v1::Tag& tag = *record.add_tag();
    tag.set_key(NextKey(44));
    tag.set_text(std::string(text));
  }

 private:
  const World& world_;
  const Rid rid_;
  std::array<uint64_t, 30> next_{};  // by collection, from 40
};

// "G0000012": letter and number from 1, at least seven digits.
std::string ExternalIdOf(char letter, uint64_t index);
// A date of that precision that holds the day.
v1::FuzzyDate DateAround(int32_t day, v1::DatePrecision::Code precision);

}  // namespace daftar::gen
