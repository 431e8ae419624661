// The server's log: one line for each event, on standard error, as key=value pairs.
//   time=2026-11-20T19:44:02.113Z level=info event=listening address=127.0.0.1:7700 revision=12
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "storage/base/status.h"

namespace daftar {

// Values with spaces are quoted by the log.
using LogFields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Once, before the first line.
void StartLog();
// From any thread.
void LogInfo(std::string_view event, LogFields fields = {});
void LogError(std::string_view event, const Status& error, LogFields fields = {});

}  // namespace daftar
