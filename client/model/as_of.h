// How a matter with a period stands on a given day, judged by what its sources could know when they spoke.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

class ReadView;
class Record;

enum class AsOfState { kUnknown, kNotYet, kActive, kEnded };
// "unknown", "not_yet", "active", "ended": for JSON.
std::string_view AsOfStateWord(AsOfState state);

struct AsOfStatus {
  AsOfState state = AsOfState::kUnknown;
  std::string start;        // ISO day; empty: not known
  std::string end;          // ISO day; empty: none given
  std::string planned_end;  // ISO day, when the end was still to come as the source spoke; empty: none
  // "active, planned end 15 Oct 2024"; "ended 15 Oct 2024 (the end was planned; no later source confirms it)"; "not
  // yet: begins 24 Sep 2024". Empty when the record has no period.
  std::string words;
};

// The record's shown period on that day (days since 1970-01-01). An end later than the day on which the account's
// source was published is planned, unless an account of a source published on or after that end gives it too. Records
// without a period: kUnknown and no words.
StatusOr<AsOfStatus> StatusAsOf(const ReadView& view, const Record& record, int32_t day);

}  // namespace daftar
