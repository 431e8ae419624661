// Codes, numbers and times in words, for this folder alone. Pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/record.h"

namespace daftar {

// A constant of a code list, made readable: ARMED_CLASH → "armed clash". Works for constants that are not known yet.
std::string CodeWords(std::string_view constant);
// The first letter in upper case (ASCII).
std::string Capital(std::string text);
// "a", "a and b", "a, b and c".
std::string JoinWords(const std::vector<std::string>& items, std::string_view last = "and");
std::string Join(const std::vector<std::string>& items, std::string_view separator);
// "1 article", "3 articles".
std::string Counted(uint64_t count, std::string_view singular, std::string_view plural = "");

// "incident", "alert period"; "Incidents", "Alert periods".
std::string KindWords(Kind kind);
std::string KindTitle(Kind kind);
// What sort of its kind the record is: "infiltration, clash", "armed group", "district".
std::string SortWords(const Record& record);
// The same from the codes of its kind (storage/search/row.h).
std::string SortWords(Kind kind, std::span<const int> codes);

// "10,000", "2.5".
std::string NumberWords(double number);
// "about 5 t", "3 (2–5)", "at least 15", "USD 10,000", "no number given".
std::string AmountWords(const v1::Amount& amount);
// "3 (side B)".
std::string TollWords(const v1::Toll& toll);
// "30 packs"; "no number given".
std::string QuantityWords(const v1::SeizedItem& item);
// "2 × sniper rifle M-16".
std::string SeizedWords(const v1::SeizedItem& item);

// "4 Sep 2023".
std::string DayWords(int32_t day);
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
