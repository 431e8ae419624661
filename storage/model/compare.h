// How two accounts stand to each other in one attribute: what counts as a contradiction and what does not.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "daftar/v1/account.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// Reads another record: the place that a place lies in, the source of an account.
using RecordLookup = std::function<StatusOr<std::optional<Record>>(const Uuid&)>;

// How b's value stands to a's.
enum class Fit {
  kSame,        // equal
  kFiner,       // b is more precise and agrees: Kevron inside Darvoz, a day inside a month, a list instead of "a cache"
  kCoarser,     // the other way round
  kCompatible,  // both can be true
  kContradicts,  // they cannot both be true
};

// The attributes that pages show and accounts speak of, in page order. EXISTS comes first.
std::span<const v1::Attribute::Code> AllAttributes();
// "date", "killed": the word in JSON and on the screen.
std::string_view AttributeWord(v1::Attribute::Code attribute);
// From the word, any case.
std::optional<v1::Attribute::Code> AttributeFromWord(std::string_view word);

// Whether the account says anything about the attribute.
bool Says(const v1::Account& account, v1::Attribute::Code attribute);
// Whether the account denies the matter (stance DENIES or modality NEGATED): then its values are not claims.
bool Denies(const v1::Account& account);

// REQUIRES: both say something about the attribute. Rules that are not plain equality:
//  date, period of incidents and alerts: contradict when no day is possible in both; a part of the day is only finer.
//  period of relations, strength, name, roles: each says what it knew; never a contradiction.
//  place: inside one another is finer; else contradicts. point: contradicts when the circles of uncertainty are apart.
//  counts (killed …): contradict when for the same people the ranges are apart; NOT_GIVEN never does.
//  seized: a CACHE_UNSPECIFIED summary is coarser than any list; two lists contradict when the same class and model is
//  counted differently. trend: contradicts when the same matter moves opposite ways in overlapping periods.
StatusOr<Fit> Compare(Kind kind, v1::Attribute::Code attribute, const v1::Account& a, const v1::Account& b,
                      const RecordLookup& lookup);

}  // namespace daftar
