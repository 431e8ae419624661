#include "tools/ctl/input.h"

#include "storage/base/files.h"
#include "storage/model/date.h"

namespace daftar::ctl {

StatusOr<std::optional<int32_t>> ReadDay(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const StatusOr<int32_t> day = ParseIsoDay(text);
  if (!day.ok()) return WithContext(day.status(), "--as-of");
  return *day;
}

StatusOr<std::string> ReadInput(const std::string& file) {
  return file == "-" ? ReadStdin(kMaxInputBytes) : ReadFile(file, kMaxInputBytes);
}

StatusOr<std::string> ReadValue(const std::string& value) {
  if (value.starts_with("@")) return ReadInput(value.substr(1));
  return value == "-" ? ReadInput(value) : value;
}

StatusOr<std::pair<std::string, std::string>> SplitAssignment(std::string_view text) {
  bool in_brackets = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') in_brackets = true;
    if (text[i] == ']') in_brackets = false;
    if (text[i] != '=' || in_brackets || i == 0) continue;
    return std::pair(std::string(text.substr(0, i)), std::string(text.substr(i + 1)));
  }
  return InvalidArgument("--set takes PATH=VALUE, such as notes=\"seen twice\", not " + std::string(text));
}

}  // namespace daftar::ctl
