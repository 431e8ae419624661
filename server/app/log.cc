#include "server/app/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>

namespace daftar {
namespace {

// A value that stays one value and one line, whatever is in it.
std::string Quoted(std::string_view value) {
  if (!value.empty() && value.find_first_of(" \"=\\\t\r\n") == std::string_view::npos) return std::string(value);
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else {
      quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return quoted + "\"";
}

std::string Line(std::string_view event, LogFields fields) {
  std::string line = "event=" + Quoted(event);
  for (const auto& [key, value] : fields) {
    line += ' ';
    line += key;
    line += '=';
    line += Quoted(value);
  }
  return line;
}

}  // namespace

void StartLog() {
  auto logger = std::make_shared<spdlog::logger>("daftard", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
  spdlog::set_default_logger(std::move(logger));
}

void LogInfo(std::string_view event, LogFields fields) { spdlog::info("{}", Line(event, fields)); }

void LogError(std::string_view event, const Status& error, LogFields fields) {
  spdlog::error("{} error={}", Line(event, fields), Quoted(Message(error)));
}

}  // namespace daftar
