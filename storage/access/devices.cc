#include "storage/access/devices.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <utility>

#include "storage/base/files.h"

namespace daftar {
namespace {

constexpr std::string_view kTitle = "# Daftar's devices: KEY RIGHT NAME; RIGHT is read, suggest or edit\n";
constexpr uint64_t kMaxFileBytes = 64 << 20;

std::optional<Right> RightOfWord(std::string_view word) {
  for (const Right right : {Right::kNone, Right::kRead, Right::kSuggest, Right::kEdit}) {
    if (RightWord(right) == word) return right;
  }
  return std::nullopt;
}

// The next word of a line, taken off its front.
std::string_view TakeWord(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(word.size());
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return word;
}

Status CheckName(std::string_view name) {
  const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (!control && name.size() <= kMaxDeviceNameBytes) return OkStatus();
  return InvalidArgument("a device's name is one line of at most " + std::to_string(kMaxDeviceNameBytes) + " bytes");
}

StatusOr<Device> ReadLine(std::string_view line) {
  Device device;
  const std::optional<PublicKey> key = PublicKey::Parse(TakeWord(line));
  if (!key) return InvalidArgument("begins with no public key, which is 64 hex digits");
  const std::optional<Right> right = RightOfWord(TakeWord(line));
  if (!right) return InvalidArgument("has no right behind the key: read, suggest or edit");
  DAFTAR_RETURN_IF_ERROR(CheckName(line));
  return Device{*key, *right, std::string(line)};
}

StatusOr<std::vector<Device>> ReadList(std::string_view text, const std::string& file) {
  std::vector<Device> devices;
  std::set<PublicKey> known;
  for (size_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    StatusOr<Device> device = ReadLine(line);
    if (device.ok() && !known.insert(device->key).second) device = InvalidArgument("names a key a second time");
    if (device.ok() && devices.size() == kMaxDevices) device = InvalidArgument("is one device too many");
    if (!device.ok()) {
      return InvalidArgument(file + ", line " + std::to_string(number) + " " + Message(device.status()));
    }
    devices.push_back(*std::move(device));
  }
  return devices;
}

// Held while a list is read, changed and written, so that of two changes at once none is lost.
class Changing {
 public:
  static StatusOr<Changing> Begin(const std::string& file) {
    const int fd = open((file + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return ErrnoStatus(errno, "open " + file + ".lock");
    Changing changing(fd);
    while (flock(fd, LOCK_EX) != 0) {
      if (errno != EINTR) return ErrnoStatus(errno, "lock " + file + ".lock");
    }
    return changing;
  }
  Changing(Changing&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Changing& operator=(Changing&&) = delete;
  ~Changing() {
    if (fd_ >= 0) close(fd_);
  }

 private:
  explicit Changing(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace

std::string_view RightWord(Right right) {
  switch (right) {
    case Right::kEdit:
      return "edit";
    case Right::kSuggest:
      return "suggest";
    case Right::kRead:
      return "read";
    case Right::kNone:
      break;
  }
  return "none";
}

StatusOr<std::vector<Device>> LoadDevices(const std::string& file) {
  StatusOr<std::string> text = ReadFile(file, kMaxFileBytes);
  if (text.status().code() == StatusCode::kNotFound) return std::vector<Device>();
  DAFTAR_RETURN_IF_ERROR(text.status());
  return ReadList(*text, file);
}

Status SaveDevices(const std::string& file, const std::vector<Device>& devices) {
  std::string text(kTitle);
  for (const Device& device : devices) {
    text += device.key.ToString() + " " + std::string(RightWord(device.right));
    text += device.name.empty() ? "\n" : " " + device.name + "\n";
  }
  return WriteFileAtomically(file, text);
}

Status AllowDevice(const std::string& file, const Device& device) {
  DAFTAR_RETURN_IF_ERROR(CheckName(device.name));
  DAFTAR_ASSIGN_OR_RETURN(const Changing changing, Changing::Begin(file));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Device> devices, LoadDevices(file));
  const auto known = std::find_if(devices.begin(), devices.end(), [&](const Device& d) { return d.key == device.key; });
  if (known != devices.end()) {
    *known = device;
  } else {
    if (devices.size() == kMaxDevices) return ResourceExhausted("the list of devices is full");
    devices.push_back(device);
  }
  return SaveDevices(file, devices);
}

Status RevokeDevice(const std::string& file, const PublicKey& key) {
  DAFTAR_ASSIGN_OR_RETURN(const Changing changing, Changing::Begin(file));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Device> devices, LoadDevices(file));
  if (std::erase_if(devices, [&](const Device& device) { return device.key == key; }) == 0)
    return NotFound("no device with the key " + key.Fingerprint() + " is in the list");
  return SaveDevices(file, devices);
}

DeviceList::DeviceList(std::string file, Stamp stamp, std::vector<Device> devices)
    : file_(std::move(file)), stamp_(stamp) {
  const MutexLock lock(mutex_);
  Take(std::move(devices));
}

StatusOr<std::unique_ptr<DeviceList>> DeviceList::Open(std::string file) {
  const Stamp stamp = StampOf(file);
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Device> devices, LoadDevices(file));
  return std::unique_ptr<DeviceList>(new DeviceList(std::move(file), stamp, std::move(devices)));
}

DeviceList::Stamp DeviceList::StampOf(const std::string& file) {
  struct stat found {};
  if (stat(file.c_str(), &found) != 0) return {};
  return {found.st_mtim.tv_sec, found.st_mtim.tv_nsec, found.st_ino, static_cast<uint64_t>(found.st_size)};
}

void DeviceList::Take(std::vector<Device> devices) {
  std::sort(devices.begin(), devices.end(), [](const Device& a, const Device& b) { return a.key < b.key; });
  devices_ = std::move(devices);
}

Right DeviceList::RightOf(const PublicKey& key) const {
  const MutexLock lock(mutex_);
  const auto at = std::lower_bound(devices_.begin(), devices_.end(), key,
                                   [](const Device& device, const PublicKey& wanted) { return device.key < wanted; });
  return at != devices_.end() && at->key == key ? at->right : Right::kNone;
}

StatusOr<bool> DeviceList::Refresh() {
  // Before the reading: a change in between is read again.
  const Stamp stamp = StampOf(file_);
  const MutexLock lock(mutex_);
  if (stamp == stamp_) return false;
  stamp_ = stamp;
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Device> devices, LoadDevices(file_));
  Take(std::move(devices));
  return true;
}

}  // namespace daftar
