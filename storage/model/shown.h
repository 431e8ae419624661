// Shown values: which account a page shows for each attribute, by a published rule, and where accounts disagree.
//
// The rule, version 1: an editor's choice; else the most credible account (Admiralty 1 best, 6 not judged last but
// before 4 and 5); else the most reliable source; else the value with the most independent roots; else the newest
// source; else the first account. Accounts that deny the matter take part only in EXISTS.
#pragma once

#include <string>
#include <vector>

#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/model/roots.h"

namespace daftar {

inline constexpr int kShownRuleVersion = 1;

// Why that account is shown.
enum class ShownRule { kOnly, kAgreed, kChoice, kCredibility, kReliability, kRoots, kNewest, kFirst };
// "editor's choice", "most credible account" …
std::string_view RuleWords(ShownRule rule);
// "choice", "credibility" …: for JSON.
std::string_view RuleWord(ShownRule rule);

// One attribute of a page.
struct ShownValue {
  v1::Attribute::Code attribute;
  uint64_t account = 0;  // key of the account whose value is shown
  ShownRule rule = ShownRule::kOnly;
  std::string reason;  // an editor's reason, if chosen
  // Accounts grouped by value: inside a group none contradicts another. The shown account's group comes first, in it
  // the shown account. More than one group is a disagreement.
  std::vector<std::vector<uint64_t>> groups;
  bool disagrees() const { return groups.size() > 1; }
  // A disagreement that no editor has settled.
  bool open() const { return disagrees() && rule != ShownRule::kChoice; }
};

// What a page shows of a record.
struct Shown {
  std::vector<ShownValue> values;  // in page order; only attributes that an account speaks of
  RootCount roots;
  // nullptr if no account speaks of it.
  const ShownValue* find(v1::Attribute::Code attribute) const;
};

StatusOr<Shown> ComputeShown(const Record& record, const RecordLookup& lookup);

// The account with that key; nullptr if there is none.
const v1::Account* FindAccount(const Record& record, uint64_t key);

}  // namespace daftar
