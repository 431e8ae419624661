// What an account says about one attribute, as a cell: for this folder alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/model/names.h"
#include "client/model/row.h"
#include "storage/model/compare.h"

namespace daftar {

// Adds text to a cell, and the link if the text is one.
void Append(Cell& cell, std::string_view text);
void Append(Cell& cell, const PageLink& link);

// All that the account says about the attribute; empty text if it says nothing.
Cell ValueCell(const v1::Account& account, v1::Attribute::Code attribute, Names& names);

// The place with the places that it lies in, nearest first: "Kevron, Darvoz, Gorno-Badakhshan, Tajikistan".
Cell PlaceChain(std::string_view place, Names& names);

// Dates that cannot all be right: "30 Aug or 4 Sep 2023*". The part of the day is left out.
std::string DatesInDoubt(const std::vector<v1::FuzzyDate>& dates);

// "states", "denies", "expected", "alleged, confirms": stance and modality as one.
std::string ClaimWords(const v1::Account& account);
// denied, alleged, expected.
Marks ClaimMarks(const v1::Account& account);

}  // namespace daftar
