// Realistic datasets of any size: the same seed and size give the same bytes on any machine.
//
// Records stand in the order of their ids and rids: places, actors, sources, relations, alert periods, incidents. Each
// is made from the seed and its number alone, so any one can be made at any time and nothing is held in memory but the
// words (about 15 MB). What is real: the words of the field in four languages, codes, countries and provinces. All
// else, every name, village and event, is made up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/model/record.h"

namespace daftar::gen {

class World;

struct GeneratorOptions {
  uint64_t seed = 1;
  // Incidents; the other records come on top, about 8 % of a million and more of a small dataset. At most
  // kMostIncidents.
  uint64_t incidents = 1000;
};
inline constexpr uint64_t kMostIncidents = 100'000'000;

// How many records of each kind there are.
struct Counts {
  uint64_t places = 0, actors = 0, sources = 0, relations = 0, alert_periods = 0, incidents = 0;
  uint64_t total() const { return places + actors + sources + relations + alert_periods + incidents; }
};

// What a search for one record may be made of: the answer must hold that record.
struct KnownItem {
  Rid rid = 0;
  Uuid id;
  std::string title;
  std::vector<std::string> title_words;  // without punctuation, in order
  std::string phrase;                    // three words that stand side by side in a summary; empty: no summary
  Rid actor = 0;                         // the first actor with a role; 0: none has
  std::string actor_as_printed;          // its preferred name
  std::string actor_elsewhere;           // the same name in another script
  int32_t day = 0;                       // of the first dated account, days since 1970-01-01
};

// Immutable but for Next; At and Describe may be called from any thread.
class Generator {
 public:
  // REQUIRES: 0 < incidents <= kMostIncidents.
  explicit Generator(const GeneratorOptions& options);
  ~Generator();
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  const Counts& counts() const;
  uint64_t total() const { return counts().total(); }
  // The rid of the first incident; the last one's is total().
  Rid first_incident() const;

  // The next record in order of rid, from 1; nullopt behind the last.
  std::optional<Record> Next();
  // REQUIRES: 1 <= rid <= total().
  Record At(Rid rid) const;
  Uuid IdOf(Rid rid) const;
  Kind KindOf(Rid rid) const;
  // The rid of an id of this dataset; nullopt for any other id. For validation without a store.
  std::optional<Rid> RidOf(const Uuid& id) const;
  // REQUIRES: the rid of an incident.
  KnownItem Describe(Rid rid) const;

 private:
  const std::unique_ptr<const World> world_;
  Rid next_ = 1;
};

}  // namespace daftar::gen
