#include "storage/model/shown.h"

#include <algorithm>
#include <array>
#include <map>

namespace daftar {
namespace {

using v1::Attribute;

// What ranks one account against another; larger is better at every place.
struct Rank {
  int credibility, reliability, roots;
  int32_t published;
};

int CredibilityRank(v1::Credibility::Code code) {
  // 1, 2, 3, not judged, 4, 5: to be judged doubtful is worse than not to be judged.
  static constexpr std::array kRanks = {3, 6, 5, 4, 2, 1};
  return v1::Credibility::Code_IsValid(code) ? kRanks[static_cast<size_t>(code)] : 3;
}

int ReliabilityRank(v1::Reliability::Code code) {
  static constexpr std::array kRanks = {3, 6, 5, 4, 2, 1};
  return v1::Reliability::Code_IsValid(code) ? kRanks[static_cast<size_t>(code)] : 3;
}

class Chooser {
 public:
  Chooser(const Record& record, const RecordLookup& lookup) : record_(record), lookup_(lookup) {}

  StatusOr<std::optional<ShownValue>> Choose(Attribute::Code attribute);

 private:
  using Group = std::vector<const v1::Account*>;

  StatusOr<std::vector<Group>> GroupByValue(Attribute::Code attribute, const Group& accounts);
  StatusOr<Rank> RankOf(const v1::Account& account, const Group& group);
  const v1::Choice* ChoiceFor(Attribute::Code attribute) const;

  const Record& record_;
  const RecordLookup& lookup_;
};

const v1::Choice* Chooser::ChoiceFor(Attribute::Code attribute) const {
  for (const v1::Choice& choice : record_.choices()) {
    if (choice.key() == static_cast<uint64_t>(attribute)) return &choice;
  }
  return nullptr;
}

StatusOr<std::vector<Chooser::Group>> Chooser::GroupByValue(Attribute::Code attribute, const Group& accounts) {
  std::vector<Group> groups;
  for (const v1::Account* account : accounts) {
    Group* home = nullptr;
    for (Group& group : groups) {
      bool fits = true;
      for (const v1::Account* member : group) {
        DAFTAR_ASSIGN_OR_RETURN(Fit fit, Compare(record_.kind(), attribute, *member, *account, lookup_));
        fits = fits && fit != Fit::kContradicts;
      }
      if (fits) {
        home = &group;
        break;
      }
    }
    if (home == nullptr) home = &groups.emplace_back();
    home->push_back(account);
  }
  return groups;
}

StatusOr<Rank> Chooser::RankOf(const v1::Account& account, const Group& group) {
  Rank rank{CredibilityRank(account.credibility()), ReliabilityRank(v1::Reliability::F_CANNOT_BE_JUDGED), 0, INT32_MIN};
  if (std::optional<Uuid> id = Uuid::FromBytes(account.source())) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> source, lookup_(*id));
    if (source && source->kind() == v1::RecordKind::SOURCE) {
      rank.reliability = ReliabilityRank(source->source().reliability());
      if (source->source().has_published()) rank.published = source->source().published().last_day();
    }
  }
  DAFTAR_ASSIGN_OR_RETURN(RootCount roots, CountRoots(group, lookup_));
  rank.roots = roots.roots_at_most;
  return rank;
}

// The first place at which the two differ names the rule; negative: b is better.
std::pair<int, ShownRule> CompareRanks(const Rank& a, const Rank& b) {
  if (a.credibility != b.credibility) return {a.credibility - b.credibility, ShownRule::kCredibility};
  if (a.reliability != b.reliability) return {a.reliability - b.reliability, ShownRule::kReliability};
  if (a.roots != b.roots) return {a.roots - b.roots, ShownRule::kRoots};
  if (a.published != b.published) return {a.published > b.published ? 1 : -1, ShownRule::kNewest};
  return {0, ShownRule::kFirst};
}

// The rule that puts `best` before what it competes with: accounts of other groups, else the others of its own group.
ShownRule DecidingRule(const std::vector<std::pair<Rank, size_t>>& ranks, size_t best) {
  bool alone = true;
  const Rank* rival = nullptr;
  for (size_t i = 0; i < ranks.size(); ++i) {
    if (ranks[i].second == ranks[best].second) continue;
    alone = false;
    if (rival == nullptr || CompareRanks(ranks[i].first, *rival).first > 0) rival = &ranks[i].first;
  }
  if (alone) return ranks.size() == 1 ? ShownRule::kOnly : ShownRule::kAgreed;
  return CompareRanks(ranks[best].first, *rival).second;
}

StatusOr<std::optional<ShownValue>> Chooser::Choose(Attribute::Code attribute) {
  Group accounts;
  for (const v1::Account& account : record_.accounts()) {
    if (Says(account, attribute) && (attribute == Attribute::EXISTS || !Denies(account))) accounts.push_back(&account);
  }
  if (accounts.empty()) return std::optional<ShownValue>();

  DAFTAR_ASSIGN_OR_RETURN(std::vector<Group> groups, GroupByValue(attribute, accounts));
  std::vector<std::pair<Rank, size_t>> ranks;  // rank and group of each account, group by group
  Group ordered;
  for (size_t g = 0; g < groups.size(); ++g) {
    for (const v1::Account* account : groups[g]) {
      DAFTAR_ASSIGN_OR_RETURN(Rank rank, RankOf(*account, groups[g]));
      ranks.push_back({rank, g});
      ordered.push_back(account);
    }
  }
  size_t best = 0;
  for (size_t i = 1; i < ranks.size(); ++i) {
    if (CompareRanks(ranks[i].first, ranks[best].first).first > 0) best = i;
  }

  ShownValue value;
  value.attribute = attribute;
  value.rule = DecidingRule(ranks, best);
  if (const v1::Choice* choice = ChoiceFor(attribute)) {
    for (size_t i = 0; i < ordered.size(); ++i) {
      if (ordered[i]->key() != choice->account()) continue;
      best = i;
      value.rule = ShownRule::kChoice;
      value.reason = choice->reason();
    }
  }
  value.account = ordered[best]->key();
  std::rotate(groups.begin(), groups.begin() + static_cast<long>(ranks[best].second),
              groups.begin() + static_cast<long>(ranks[best].second) + 1);
  for (const Group& group : groups) {
    std::vector<uint64_t>& keys = value.groups.emplace_back();
    for (const v1::Account* account : group) keys.push_back(account->key());
    std::stable_partition(keys.begin(), keys.end(), [&](uint64_t key) { return key == value.account; });
  }
  return std::optional<ShownValue>(std::move(value));
}

}  // namespace

std::string_view RuleWords(ShownRule rule) {
  switch (rule) {
    case ShownRule::kOnly:
      return "the only account that says so";
    case ShownRule::kAgreed:
      return "the accounts agree";
    case ShownRule::kChoice:
      return "an editor's choice";
    case ShownRule::kCredibility:
      return "the most credible account";
    case ShownRule::kReliability:
      return "the most reliable source";
    case ShownRule::kRoots:
      return "the most independent roots";
    case ShownRule::kNewest:
      return "the newest source";
    case ShownRule::kFirst:
      return "the first account; nothing ranks one above the other";
  }
  return "";
}

std::string_view RuleWord(ShownRule rule) {
  static constexpr std::array<std::string_view, 8> kWords = {"only",        "agreed", "choice", "credibility",
                                                             "reliability", "roots",  "newest", "first"};
  return kWords[static_cast<size_t>(rule)];
}

const ShownValue* Shown::find(Attribute::Code attribute) const {
  for (const ShownValue& value : values) {
    if (value.attribute == attribute) return &value;
  }
  return nullptr;
}

StatusOr<Shown> ComputeShown(const Record& record, const RecordLookup& lookup) {
  Shown shown;
  Chooser chooser(record, lookup);
  for (Attribute::Code attribute : AllAttributes()) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<ShownValue> value, chooser.Choose(attribute));
    if (value) shown.values.push_back(*std::move(value));
  }
  std::vector<const v1::Account*> accounts;
  for (const v1::Account& account : record.accounts()) accounts.push_back(&account);
  DAFTAR_ASSIGN_OR_RETURN(shown.roots, CountRoots(accounts, lookup));
  return shown;
}

const v1::Account* FindAccount(const Record& record, uint64_t key) {
  for (const v1::Account& account : record.accounts()) {
    if (account.key() == key) return &account;
  }
  return nullptr;
}

}  // namespace daftar
