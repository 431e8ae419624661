// The ledger: every value that an editor entered and a workstation took, each of which is unique in its run; and where
// they are at the end.
//
// A value is a running number: in words as "q000123z", in figures as that many behind seven million. So it is found in
// stored bytes of any form without knowing what they are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/base/uuid.h"
#include "storage/model/record.h"

namespace daftar::sim {

// Gives each value that is typed its number. Not all that is typed is also entered.
class Values {
 public:
  // Words with a value in them.
  std::string Words(std::string_view what);
  double Figure();
  // The number that was given last; 0: none.
  uint64_t last() const { return last_; }

 private:
  uint64_t last_ = 0;
};

// The numbers of the values that stand in those bytes, added behind `numbers`.
void FindValues(std::string_view bytes, std::vector<uint64_t>& numbers);

// Where a value may be, best first.
enum class Whereabouts { kLive, kHistory, kConflict, kDecided, kDraft, kForm, kNowhere };
inline constexpr size_t kWhereabouts = static_cast<size_t>(Whereabouts::kNowhere) + 1;
const char* InWords(Whereabouts where);

class Ledger {
 public:
  struct Entry {
    uint64_t value = 0;  // its number
    int client = 0;
    uint64_t edit = 0;  // the how manieth of that editor
    Uuid record;
    PartId part;  // {0, 0}: in a form
    std::string InWords() const;
  };

  // A workstation took these values, all above `after` up to `last`: as this mutation, or kept in a form.
  void Enter(int client, uint64_t edit, const v1::Mutation& mutation, uint64_t after, uint64_t last);
  void EnterForm(int client, uint64_t edit, const Uuid& record, uint64_t after, uint64_t last);
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  void Put(Entry entry, uint64_t after, uint64_t last);
  std::vector<Entry> entries_;
};

// What stands where.
class Found {
 public:
  explicit Found(uint64_t last) : best_(last + 1, Whereabouts::kNowhere) {}
  void Add(Whereabouts where, std::string_view bytes);
  Whereabouts Of(uint64_t value) const { return best_[value]; }

 private:
  std::vector<Whereabouts> best_;  // by number
  std::vector<uint64_t> numbers_;  // for Add alone
};

}  // namespace daftar::sim
