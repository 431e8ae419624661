#include "storage/authoring/names.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kMostSuggestions = 3, kMostListed = 8;

std::string Folded(std::string_view word) {
  std::string folded;
  for (char c : word) {
    folded += c == '-' || c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

// Levenshtein distance, with a swap of neighbours as one step (optimal string alignment).
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t change = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({change, d[i - 1][j] + 1, d[i][j - 1] + 1});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

// "A", "A or B", "A, B or C".
std::string Either(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::string Listed(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size() && i < kMostListed; ++i) text += (i > 0 ? ", " : "") + words[i];
  return words.size() > kMostListed ? text + " …" : text;
}

std::vector<std::string> FieldNames(const Descriptor& message) {
  std::vector<std::string> names;
  for (int i = 0; i < message.field_count(); ++i) names.push_back(JsonName(*message.field(i)));
  return names;
}

std::vector<std::string> CodeNames(const EnumDescriptor& list) {
  std::vector<std::string> names;
  for (int i = 0; i < list.value_count(); ++i) {
    if (list.value(i)->name() != "UNSET") names.push_back(list.value(i)->name());
  }
  return names;
}

}  // namespace

std::vector<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr size_t kLongestWord = 64;  // longer ones are nothing that was mistyped
  std::vector<std::string> nearest;
  if (word.size() > kLongestWord) return nearest;
  std::string folded = Folded(word);
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const std::string& candidate : candidates) {
    size_t distance = EditDistance(folded, Folded(candidate));
    if (distance <= std::max<size_t>(1, candidate.size() / 3)) ranked.emplace_back(distance, candidate);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [distance, candidate] : ranked) {
    if (nearest.size() < kMostSuggestions) nearest.push_back(candidate);
  }
  return nearest;
}

const FieldDescriptor* FindField(const Descriptor& message, std::string_view name) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    if (JsonName(*field) == name || (field->name() == name && !IsDegrees(*field))) return field;
  }
  return nullptr;
}

std::string UnknownField(const Descriptor& message, std::string_view name) {
  std::vector<std::string> names = FieldNames(message);
  std::vector<std::string> nearest = Nearest(name, names);
  if (nearest.empty()) return "unknown field; known here: " + Listed(names);
  for (std::string& field : nearest) field = "\"" + field + "\"";
  return "unknown field; did you mean " + Either(nearest) + "?";
}

std::optional<int> FindCode(const EnumDescriptor& list, std::string_view name) {
  std::string folded = Folded(name);
  for (int i = 0; i < list.value_count(); ++i) {
    if (Folded(list.value(i)->name()) == folded) return list.value(i)->number();
  }
  return std::nullopt;
}

std::string UnknownCode(const EnumDescriptor& list, std::string_view name) {
  std::vector<std::string> names = CodeNames(list);
  std::vector<std::string> nearest = Nearest(name, names);
  std::string text = "\"" + std::string(name) + "\" is not a known code";
  if (!nearest.empty()) text += "; did you mean " + Either(nearest) + "?";
  return text + (nearest.empty() ? "; known: " : " Known: ") + Listed(names);
}

}  // namespace daftar
