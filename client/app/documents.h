// Where the reader's own files go.
#pragma once

#include <string>
#include <string_view>

namespace daftar::app {

// The folder of documents that the desktop names in its user-dirs.dirs (XDG_DOCUMENTS_DIR), whose text this is; else
// `home`. Only a path that begins at the root or at $HOME counts.
std::string DocumentsFolder(const std::string& home, std::string_view user_dirs);
// That of this process: of $XDG_CONFIG_HOME/user-dirs.dirs, if the folder is there; else $HOME.
std::string DocumentsFolder();

}  // namespace daftar::app
