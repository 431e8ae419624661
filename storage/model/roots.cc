#include "storage/model/roots.h"

#include <algorithm>
#include <set>

namespace daftar {
namespace {

constexpr int kLongestChain = 16;
using Chain = google::protobuf::RepeatedPtrField<v1::Lineage>;

// The end of one list of steps, nearest first.
std::string EndOf(const Chain& chain) {
  const v1::Lineage& last = *chain.rbegin();
  return last.upstream().empty() ? "named:" + last.named() : last.upstream();
}

}  // namespace

StatusOr<Root> RootOf(const v1::Account& account, const RecordLookup& lookup) {
  Root root{account.lineage().empty() ? account.source() : EndOf(account.lineage()), false};
  for (int step = 0; step < kLongestChain; ++step) {
    std::optional<Uuid> id = Uuid::FromBytes(root.key);
    if (!id) return root;  // only named in words
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, lookup(*id));
    if (!record) return root;
    if (record->kind() != v1::RecordKind::SOURCE) {
      root.known = true;  // a body or person that spoke
      return root;
    }
    const v1::Source& source = record->source();
    if (source.lineage().empty()) {
      root.known = source.original();
      return root;
    }
    root.key = EndOf(source.lineage());
  }
  return root;
}

StatusOr<RootCount> CountRoots(std::span<const v1::Account* const> accounts, const RecordLookup& lookup) {
  std::set<std::string> articles, roots, known;
  for (const v1::Account* account : accounts) {
    DAFTAR_ASSIGN_OR_RETURN(Root root, RootOf(*account, lookup));
    articles.insert(account->source());
    roots.insert(root.key);
    if (root.known) known.insert(root.key);
  }
  return RootCount{static_cast<int>(articles.size()), static_cast<int>(roots.size()),
                   std::max(static_cast<int>(known.size()), roots.empty() ? 0 : 1)};
}

}  // namespace daftar
