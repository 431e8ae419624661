#include "storage/search/spread_terms.h"

#include <google/protobuf/descriptor.h>

#include "daftar/v1/codes.pb.h"
#include "storage/search/index/index_doc.h"

namespace daftar::search {
namespace {

// Largest first: what says least about where it was.
constexpr v1::PlaceKind::Code kBySize[] = {
    v1::PlaceKind::COUNTRY,    v1::PlaceKind::ADM1,           v1::PlaceKind::RIVER,      v1::PlaceKind::MOUNTAINS,
    v1::PlaceKind::AREA,       v1::PlaceKind::BORDER_SEGMENT, v1::PlaceKind::ADM2,       v1::PlaceKind::ADM3,
    v1::PlaceKind::SETTLEMENT, v1::PlaceKind::CROSSING,       v1::PlaceKind::BORDER_POST};

std::string Term(char term_class, const std::string& rest) { return term_class + rest; }

std::string TypeTerm(const google::protobuf::EnumDescriptor& list, const std::string& constant) {
  return Term(term_class::kType, list.containing_type()->name() + "." + constant);
}

SpreadTerms Make() {
  SpreadTerms terms;
  const auto* kinds = v1::RecordKind::Code_descriptor();
  for (int i = 0; i < kinds->value_count(); ++i) {
    const auto* kind = kinds->value(i);
    if (kind->number() != 0)
      terms.kinds.push_back({Term(term_class::kKind, kind->name()), static_cast<uint8_t>(kind->number())});
  }
  for (const auto* list :
       {v1::IncidentKind::Code_descriptor(), v1::ActorClass::Code_descriptor(), v1::PlaceKind::Code_descriptor(),
        v1::SourceType::Code_descriptor(), v1::RelationType::Code_descriptor()}) {
    for (int i = 0; i < list->value_count(); ++i) {
      const auto* code = list->value(i);
      if (code->number() != 0)
        terms.codes.push_back({TypeTerm(*list, code->name()), static_cast<uint8_t>(code->number())});
    }
  }
  terms.in_doubt = Term(term_class::kHas, "conflict");
  terms.place = Term(term_class::kKind, v1::RecordKind::Code_Name(v1::RecordKind::PLACE));
  for (const v1::PlaceKind::Code kind : kBySize) {
    terms.place_levels.push_back(
        {TypeTerm(*v1::PlaceKind::Code_descriptor(), v1::PlaceKind::Code_Name(kind)), static_cast<uint8_t>(kind)});
  }
  return terms;
}

}  // namespace

const SpreadTerms& TermsOfRecords() {
  static const SpreadTerms terms = Make();
  return terms;
}

}  // namespace daftar::search
