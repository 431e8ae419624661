#include "client/model/lineage.h"

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/date.h"
#include "storage/model/roots.h"

namespace daftar {
namespace {

constexpr int kLongestChain = 16;

// "quotes {text}".
const char* KeyOf(v1::LineageKind::Code kind) {
  switch (kind) {
    case v1::LineageKind::QUOTES:
      return "lineage.quotes";
    case v1::LineageKind::PARAPHRASES:
      return "lineage.paraphrases";
    case v1::LineageKind::REPORTS_ON:
      return "lineage.reports_on";
    case v1::LineageKind::REPUBLISHES:
      return "lineage.republishes";
    case v1::LineageKind::TRANSLATES:
      return "lineage.translates";
    case v1::LineageKind::CITES:
      return "lineage.cites";
    default:
      return "lineage.unset";
  }
}

void AppendStep(Cell& cell, const v1::Lineage& step, Names& names) {
  if (!cell.text.empty()) Append(cell, " → ");
  const PageLink link = names.LinkTo(step.upstream());
  std::string text = step.upstream().empty() ? step.named() : link.text;
  const Record* record = names.Find(step.upstream());
  if (record != nullptr && record->kind() == v1::RecordKind::SOURCE && HasDate(record->source().published())) {
    text = Say("lineage.dated", {{"source", text}, {"date", SayDate(record->source().published())}});
  }
  text = Say(KeyOf(step.kind()), {{"text", text}});
  Append(cell, step.inferred() ? Say("lineage.inferred", {{"step", text}}) : text);
  if (!link.address.empty()) cell.links.push_back(link);
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
  if (source.lineage().empty() && source.original()) return {Say("lineage.own_origin"), {}, {}, ""};
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
