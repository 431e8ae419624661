#include "client/language/catalogue.h"

#include <array>
#include <cstdlib>

namespace daftar {
namespace {

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

Messages Load(Language language) {
  Messages messages;
  for (const MessageFile& file : MessageFiles()) {
    if (file.language != LanguageCode(language)) continue;
    // What is built in is what the tests have read.
    if (!AddMessages(file.name, file.text, messages).ok()) std::abort();
  }
  return messages;
}

}  // namespace

Status AddMessages(std::string_view file, std::string_view text, Messages& to) {
  size_t number = 0;
  std::string* last = nullptr;
  const auto wrong = [&](std::string_view what) {
    return InvalidArgument(std::string(file) + ":" + std::to_string(number) + ": " + std::string(what));
  };
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    ++number;
    const std::string_view said = Trimmed(line);
    if (said.empty() || line.starts_with('#')) continue;
    if (line.front() == ' ') {
      if (last == nullptr) return wrong("a line goes on with nothing");
      last->append(" ").append(said);
      continue;
    }
    const size_t sign = line.find(" = ");
    if (sign == std::string_view::npos) return wrong("this is not \"key = message\"");
    const auto [at, added] = to.try_emplace(std::string(line.substr(0, sign)), Trimmed(line.substr(sign + 3)));
    if (!added) return wrong("the key " + at->first + " is there already");
    last = &at->second;
  }
  return OkStatus();
}

const Messages& MessagesOf(Language language) {
  static const auto& all = *new std::array<Messages, 4>{Load(Language::kEnglish), Load(Language::kRussian),
                                                        Load(Language::kTajik), Load(Language::kDari)};
  return all[static_cast<size_t>(language)];
}

}  // namespace daftar
