#include "client/app/documents.h"

#include <cstdlib>
#include <filesystem>

#include "storage/base/files.h"

namespace daftar::app {
namespace {

constexpr std::string_view kName = "XDG_DOCUMENTS_DIR=\"";
constexpr uint64_t kMostBytes = 64 << 10;

std::string Variable(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace

std::string DocumentsFolder(const std::string& home, std::string_view user_dirs) {
  while (!user_dirs.empty()) {
    const std::string_view line = user_dirs.substr(0, user_dirs.find('\n'));
    user_dirs.remove_prefix(line.size() + (line.size() < user_dirs.size() ? 1 : 0));
    if (!line.starts_with(kName)) continue;
    const std::string_view rest = line.substr(kName.size());
    const std::string path(rest.substr(0, rest.find('"')));
    if (path.starts_with('/')) return path;
    if (path.starts_with("$HOME/")) return home + path.substr(5);
  }
  return home;
}

std::string DocumentsFolder() {
  const std::string home = Variable("HOME", ".");
  const std::string file = Variable("XDG_CONFIG_HOME", home + "/.config") + "/user-dirs.dirs";
  // Most servers and many desktops have none: the home folder does.
  const StatusOr<std::string> text = ReadFile(file, kMostBytes);
  std::string folder = DocumentsFolder(home, text.ok() ? *text : "");
  std::error_code unknown;
  return std::filesystem::is_directory(folder, unknown) ? folder : home;
}

}  // namespace daftar::app
