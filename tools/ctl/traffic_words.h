// Bytes as people write and read them on the command line: budgets, what was spent, what is still to come.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "client/sync/engine.h"
#include "client/sync/workstation.h"
#include "daftar/v1/store.pb.h"

namespace daftar::ctl {

// "10k", "2M", "1.5 MB", "300": decimal units, as they are printed; "0" and "none" are 0. nullopt if it is none of
// these.
std::optional<uint64_t> ParseBytes(std::string_view text);
// What a flag that takes bytes says of anything else; empty if it may be taken. For CLI::Validator.
std::string CheckBytes(const std::string& text);

// "1,240".
std::string Grouped(uint64_t number);

// {session, day, month}; null where there is no limit.
nlohmann::ordered_json BudgetJson(const v1::TrafficBudget& budget);
// "20 kB a session, 2.0 MB a day"; "none".
std::string BudgetWords(const v1::TrafficBudget& budget);

// {received{total, changes, …}, sent{…}, day, month}, the last two now.
nlohmann::ordered_json TrafficJson(const v1::Traffic& traffic, int64_t now_ms);
// "3.1 MB received, 40 kB sent; today 12 kB, this month 3.1 MB".
std::string TrafficWords(const v1::Traffic& traffic, int64_t now_ms);

// What a run that ended at a budget has left to do; nullopt where it is not known.
struct ToCome {
  std::optional<uint64_t> bytes, revisions;
};
StatusOr<ToCome> ToComeAfter(Workstation& station, const SyncReport& report);
// "session", "day", "month"; empty if none is used up.
std::string_view LimitWord(TrafficLimit limit);
// A line; empty if the run did not end at a budget.
std::string BudgetReachedWords(const SyncReport& report, const ToCome& to_come);
// Adds budget_reached, limit and to_come.
void FillBudgetJson(const SyncReport& report, const ToCome& to_come, nlohmann::ordered_json& json);

}  // namespace daftar::ctl
