#include "storage/authoring/path.h"

#include <charconv>

namespace daftar {
namespace {

constexpr std::string_view kKey = "key=";

Status Wrong(std::string_view path) {
  return InvalidArgument("\"" + std::string(path) +
                         "\" is not a path: write it as notes, names[0].text or accounts[key=7].date");
}

template <typename T>
std::optional<T> Number(std::string_view digits) {
  T number;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  bool whole = error == std::errc() && end == digits.data() + digits.size() && digits.front() != '-';
  return whole ? std::optional<T>(number) : std::nullopt;
}

// "accounts[2]" or "notes".
std::optional<PathStep> ParseStep(std::string_view text) {
  PathStep step;
  size_t bracket = text.find('[');
  step.name = text.substr(0, bracket);
  if (step.name.empty()) return std::nullopt;
  if (bracket == std::string_view::npos) return step;
  if (!text.ends_with(']')) return std::nullopt;
  std::string_view inside = text.substr(bracket + 1, text.size() - bracket - 2);
  if (inside.starts_with(kKey)) {
    step.key = Number<uint64_t>(inside.substr(kKey.size()));
  } else {
    step.index = Number<int>(inside);
  }
  return step.chooses_item() ? std::optional<PathStep>(std::move(step)) : std::nullopt;
}

}  // namespace

StatusOr<std::vector<PathStep>> ParsePath(std::string_view path) {
  std::vector<PathStep> steps;
  for (size_t start = 0; start <= path.size();) {
    size_t dot = std::min(path.find('.', start), path.size());
    std::optional<PathStep> step = ParseStep(path.substr(start, dot - start));
    if (!step) return Wrong(path);
    steps.push_back(*std::move(step));
    start = dot + 1;
  }
  return steps;
}

}  // namespace daftar
