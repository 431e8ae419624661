// Codes and numbers in words of the reader's language, for this folder and client/forms.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/record.h"

namespace daftar {

// The items with the text between them, which is no word.
std::string Join(const std::vector<std::string>& items, std::string_view separator);

// "incident", "alert period"; "Incidents", "Alert periods".
std::string KindWords(Kind kind);
std::string KindTitle(Kind kind);
// What sort of its kind the record is: "infiltration, clash", "armed group", "district".
std::string SortWords(const Record& record);
// The same from the codes of its kind (storage/search/row.h).
std::string SortWords(Kind kind, std::span<const int> codes);

// "about 5 t", "3 (2–5)", "at least 15", "USD 10,000", "no number given".
std::string AmountWords(const v1::Amount& amount);
// "3 (side B)".
std::string TollWords(const v1::Toll& toll);
// "30 packs"; "no number given".
std::string QuantityWords(const v1::SeizedItem& item);
// "2 × sniper rifle M-16".
std::string SeizedWords(const v1::SeizedItem& item);

// "affiliated with"; "does not recognise" when negated.
std::string RelationWords(v1::RelationType::Code type, bool negated);
// "B", "2", and in words.
std::string ReliabilityGrade(v1::Reliability::Code code);
std::string ReliabilityWords(v1::Reliability::Code code);
std::string CredibilityGrade(v1::Credibility::Code code);
std::string CredibilityWords(v1::Credibility::Code code);
// "TLP:AMBER+STRICT"; empty for UNSET.
std::string MarkingWords(v1::Tlp::Code code);
// "Killed", "Took part".
std::string AttributeLabel(v1::Attribute::Code attribute);

}  // namespace daftar
