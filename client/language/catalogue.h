// The messages of one language, as they stand in its files. A line is "key = message"; one that begins with a blank
// goes on with the message before it; "#" begins a line of comment.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "client/language/language.h"
#include "storage/base/status.h"

namespace daftar {

using Messages = std::map<std::string, std::string, std::less<>>;

// Adds the messages of a file. InvalidArgument names the file and the line: not "key = message", or a key that is
// already there.
Status AddMessages(std::string_view file, std::string_view text, Messages& to);

// All that the program holds of a language.
const Messages& MessagesOf(Language language);

// The files that are built in; generated.
struct MessageFile {
  std::string_view language, name, text;
};
std::span<const MessageFile> MessageFiles();

}  // namespace daftar
