// Files for people, which never take the place of another one.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

// Writes a file that is not there yet, mode 0666 less the mask of the process. AlreadyExists, also of a link that leads
// nowhere. What could not be written whole is taken away again.
Status WriteNewFile(const std::string& path, std::string_view bytes);

// A file of that name in the folder; where there is one already, "NAME 2", "NAME 3" … Its path. `name` is made fit for
// any file system: no separators or control characters, not hidden, not long.
StatusOr<std::string> SaveBesideOthers(const std::string& folder, std::string_view name, std::string_view suffix,
                                       std::string_view bytes);

}  // namespace daftar
