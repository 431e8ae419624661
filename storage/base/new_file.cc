#include "storage/base/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "storage/base/files.h"

namespace daftar {
namespace {

constexpr size_t kLongestName = 100;  // bytes; most file systems take 255
constexpr int kMostOfOneName = 1000;

std::string FitForAFile(std::string_view name) {
  std::string fit;
  for (const char c : name) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    const bool separates = std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    fit += control || separates ? ' ' : c;
  }
  if (fit.size() > kLongestName) {
    size_t end = kLongestName;
    while (end > 0 && (static_cast<unsigned char>(fit[end]) & 0xC0) == 0x80) --end;  // not inside a character
    fit.resize(end);
  }
  const size_t begin = fit.find_first_not_of(" .");
  if (begin == std::string::npos) return "daftar";
  return fit.substr(begin, fit.find_last_not_of(" .") - begin + 1);
}

Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return ErrnoStatus(errno, "writing " + path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return ::fsync(fd) == 0 ? OkStatus() : ErrnoStatus(errno, "writing " + path);
}

}  // namespace

Status WriteNewFile(const std::string& path, std::string_view bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return ErrnoStatus(errno, "making " + path);
  Status written = WriteAll(fd, bytes, path);
  if (::close(fd) != 0 && written.ok()) written = ErrnoStatus(errno, "writing " + path);
  if (!written.ok()) ::unlink(path.c_str());
  return written;
}

StatusOr<std::string> SaveBesideOthers(const std::string& folder, std::string_view name, std::string_view suffix,
                                       std::string_view bytes) {
  const std::string stem = folder + "/" + FitForAFile(name);
  for (int number = 1; number <= kMostOfOneName; ++number) {
    const std::string path = stem + (number == 1 ? "" : " " + std::to_string(number)) + std::string(suffix);
    const Status written = WriteNewFile(path, bytes);
    if (written.ok()) return path;
    if (written.code() != StatusCode::kAlreadyExists) return written;
  }
  return AlreadyExists("there are " + std::to_string(kMostOfOneName) + " files like " + stem + std::string(suffix));
}

}  // namespace daftar
