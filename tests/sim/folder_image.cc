#include "tests/sim/folder_image.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>

#include "storage/base/files.h"

namespace daftar::sim {
namespace {

constexpr uint64_t kMostBytes = 64 << 20;  // of a file
constexpr mode_t kFolderOfOwner = 0700, kFileOfOwner = 0600;

Status MakeFile(const std::string& path, const std::string& bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileOfOwner);
  if (fd < 0) return ErrnoStatus(errno, "making " + path);
  const bool whole = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  ::close(fd);
  return whole ? OkStatus() : Internal("writing " + path + " was cut short");
}

}  // namespace

StatusOr<FolderImage> FolderImage::Of(const std::string& folder) {
  FolderImage image;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string within = entry.path().string().substr(folder.size());
    if (entry.is_directory()) {
      image.folders_.push_back(within);
    } else if (entry.path().filename() != "lock.mdb") {
      DAFTAR_ASSIGN_OR_RETURN(std::string bytes, ReadFile(entry.path().string(), kMostBytes));
      image.files_.emplace_back(within, std::move(bytes));
    }
  }
  return image;
}

Status FolderImage::LayDown(const std::string& folder) const {
  if (::mkdir(folder.c_str(), kFolderOfOwner) != 0) return ErrnoStatus(errno, "making " + folder);
  for (const std::string& within : folders_) {
    if (::mkdir((folder + within).c_str(), kFolderOfOwner) != 0) return ErrnoStatus(errno, "making " + folder + within);
  }
  for (const auto& [within, bytes] : files_) DAFTAR_RETURN_IF_ERROR(MakeFile(folder + within, bytes));
  return OkStatus();
}

}  // namespace daftar::sim
