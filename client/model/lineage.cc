#include "client/model/lineage.h"

#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/date.h"
#include "storage/model/roots.h"

namespace daftar {
namespace {

constexpr int kLongestChain = 16;

void AppendStep(Cell& cell, const v1::Lineage& step, Names& names) {
  if (!cell.text.empty()) Append(cell, " → ");
  Append(cell, step.kind() == v1::LineageKind::UNSET ? "rests on "
                                                     : CodeWords(v1::LineageKind::Code_Name(step.kind())) + " ");
  if (step.upstream().empty()) {
    Append(cell, step.named());
  } else {
    Append(cell, names.LinkTo(step.upstream()));
    const Record* record = names.Find(step.upstream());
    if (record != nullptr && record->kind() == v1::RecordKind::SOURCE && HasDate(record->source().published())) {
      Append(cell, ", " + DateWords(record->source().published()));
    }
  }
  if (step.inferred()) Append(cell, " (inferred)");
}

using Chain = google::protobuf::RepeatedPtrField<v1::Lineage>;

// The steps given, then those of the sources above them.
Cell ChainCell(const Chain& first, Names& names) {
  Cell cell;
  const Chain* chain = &first;
  for (int step = 0; step < kLongestChain && !chain->empty(); ++step) {
    for (const v1::Lineage& lineage : *chain) AppendStep(cell, lineage, names);
    const Record* end = names.Find(chain->rbegin()->upstream());
    if (end == nullptr || end->kind() != v1::RecordKind::SOURCE) break;
    chain = &end->source().lineage();
  }
  return cell;
}

}  // namespace

Cell AccountLineage(const v1::Account& account, Names& names) {
  if (!account.lineage().empty()) return ChainCell(account.lineage(), names);
  const Record* source = names.Find(account.source());
  bool known = source != nullptr && source->kind() == v1::RecordKind::SOURCE;
  return known ? SourceLineage(source->source(), names) : Cell{};
}

Cell SourceLineage(const v1::Source& source, Names& names) {
  if (source.lineage().empty() && source.original()) return {"its own origin", {}, {}, ""};
  return ChainCell(source.lineage(), names);
}

std::string RootName(const v1::Account& account, Names& names) {
  Root root = names.Take(RootOf(account, names.Lookup()));
  if (root.key == account.source()) return "";
  constexpr std::string_view kNamed = "named:";
  if (root.key.starts_with(kNamed)) return root.key.substr(kNamed.size());
  return names.LinkTo(root.key).text;
}

}  // namespace daftar
