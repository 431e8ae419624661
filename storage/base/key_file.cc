#include "storage/base/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "storage/base/bytes.h"
#include "storage/base/files.h"

namespace daftar {
namespace {

constexpr std::string_view kTitle = "daftar secret key v1\n";
constexpr std::string_view kSecret = "secret ";
constexpr std::string_view kPublic = "\npublic ";
constexpr size_t kHexDigits = 64;
constexpr size_t kFileSize = kTitle.size() + kSecret.size() + kHexDigits + kPublic.size() + kHexDigits + 1;

// A descriptor that closes itself.
struct Descriptor {
  explicit Descriptor(int descriptor) : fd(descriptor) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  int fd;
};

// Text with a secret in it, wiped when it goes out of scope.
struct SecretText {
  ~SecretText() { sodium_memzero(text.data(), text.size()); }
  std::string text;
};

bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

StatusOr<KeyPair> Parse(std::string_view text, const std::string& path) {
  const Status damaged =
      DataLoss(path + " is not a key file, or is damaged; put it back from a backup, or move it away for a new key");
  std::string_view secret, open;
  const bool shaped = text.size() == kFileSize && TakeWord(text, kTitle) && TakeWord(text, kSecret) &&
                      TakeBytes(text, kHexDigits, secret) && TakeWord(text, kPublic) &&
                      TakeBytes(text, kHexDigits, open) && text == "\n";
  if (!shaped) return damaged;
  std::optional<std::string> seed = FromHex(secret);
  if (!seed) return damaged;
  const SecretText wiped{std::move(*seed)};
  DAFTAR_ASSIGN_OR_RETURN(KeyPair pair, KeyPair::FromSeed(wiped.text));
  if (PublicKey::Parse(open) != pair.public_key()) return damaged;
  return pair;
}

Status FlushFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  Descriptor parent(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.fd < 0 || ::fsync(parent.fd) != 0) return ErrnoStatus(errno, "flushing the folder of " + path);
  return OkStatus();
}

// The text in a new file of that name, flushed.
Status WriteNew(const std::string& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.fd < 0) return ErrnoStatus(errno, "making " + path);
  while (!text.empty()) {
    const ssize_t n = ::write(file.fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return ErrnoStatus(errno, "writing " + path);
    text.remove_prefix(static_cast<size_t>(n));
  }
  if (::fchmod(file.fd, 0600) != 0 || ::fsync(file.fd) != 0) return ErrnoStatus(errno, "flushing " + path);
  return OkStatus();
}

// Gives the file its name unless another has it.
Status NameIt(const std::string& temporary, const std::string& path) {
  if (::link(temporary.c_str(), path.c_str()) == 0) return OkStatus();
  if (errno == EEXIST) return AlreadyExists(path + " exists; a key is never overwritten");
  return ErrnoStatus(errno, "making " + path);
}

}  // namespace

StatusOr<KeyPair> LoadKeyFile(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.fd < 0) return ErrnoStatus(errno, "opening the key file " + path);
  struct stat info;
  if (::fstat(file.fd, &info) != 0) return ErrnoStatus(errno, "looking at " + path);
  if (!S_ISREG(info.st_mode)) return FailedPrecondition(path + " is not a file; a secret key lies in a plain file");
  if ((info.st_mode & 077) != 0) {
    return PermissionDenied("others may read or write the secret key " + path +
                            ", so it is not used; make a new key if anybody may have read it, else: chmod 600 " + path);
  }
  SecretText content{std::string(kFileSize + 1, '\0')};
  size_t size = 0;
  while (size < content.text.size()) {
    const ssize_t n = ::read(file.fd, content.text.data() + size, content.text.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return ErrnoStatus(errno, "reading " + path);
    if (n == 0) break;
    size += static_cast<size_t>(n);
  }
  return Parse(std::string_view(content.text).substr(0, size), path);
}

StatusOr<KeyPair> CreateKeyFile(const std::string& path, Random& random) {
  if (Exists(path)) return AlreadyExists(path + " exists; a key is never overwritten");
  KeyPair pair = KeyPair::Generate(random);
  SecretText content;
  content.text.reserve(kFileSize);
  const SecretText seed{ToHex(pair.seed())};
  content.text.append(kTitle).append(kSecret).append(seed.text);
  content.text.append(kPublic).append(pair.public_key().ToString()).append("\n");
  // A name of its own, so that two who create at once do not write into one file; only one of them gets to name it.
  const std::string temporary = path + ".new-" + pair.public_key().ToString().substr(0, 16);
  Status made = WriteNew(temporary, content.text);
  if (made.ok()) made = NameIt(temporary, path);
  if (::unlink(temporary.c_str()) != 0 && made.ok()) made = ErrnoStatus(errno, "removing " + temporary);
  DAFTAR_RETURN_IF_ERROR(made);
  DAFTAR_RETURN_IF_ERROR(FlushFolderOf(path));
  return pair;
}

StatusOr<KeyPair> LoadOrCreateKeyFile(const std::string& path, Random& random) {
  StatusOr<KeyPair> there = LoadKeyFile(path);
  if (there.status().code() != StatusCode::kNotFound) return there;
  StatusOr<KeyPair> made = CreateKeyFile(path, random);
  if (made.status().code() != StatusCode::kAlreadyExists) return made;
  return LoadKeyFile(path);
}

}  // namespace daftar
