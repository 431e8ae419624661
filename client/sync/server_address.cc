#include "client/sync/server_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace daftar {
namespace {

std::optional<int> PortOf(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && port > 0 && port <= 65535 ? std::optional(port) : std::nullopt;
}

// Of "host:port" or "[host]:port"; nullopt if it is neither.
std::optional<ServerAddress> Split(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::optional<int> port = PortOf(address.substr(colon + 1));
  if (!port) return std::nullopt;
  const std::string_view host = address.substr(0, colon);
  if (host.front() == '[' && host.back() == ']')
    return ServerAddress{std::string(host.substr(1, host.size() - 2)), *port, {}, std::string(address)};
  if (host.find(':') != std::string_view::npos) return std::nullopt;
  return ServerAddress{std::string(host), *port, {}, std::string(address)};
}

bool IsLoopbackHost(const std::string& host) {
  if (host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace

StatusOr<ServerAddress> ReadServerAddress(std::string_view address) {
  const std::string shown(address);
  const size_t slash = address.find('/');
  std::optional<ServerAddress> read = Split(address.substr(0, slash));
  if (!read) {
    return InvalidArgument("\"" + shown +
                           "\" is not a server's address; write HOST:PORT/KEY as its keeper gave it, or host:port "
                           "for a server on this machine, such as 127.0.0.1:7700");
  }
  if (slash != std::string_view::npos) {
    read->key = PublicKey::Parse(address.substr(slash + 1));
    if (!read->key) {
      return InvalidArgument("what stands behind the / in \"" + shown +
                             "\" is not a server's key, which is 64 hex digits; copy the address as a whole");
    }
  } else if (!IsLoopbackHost(read->host)) {
    return FailedPrecondition("will not connect to " + shown +
                              " without knowing its key: anyone on the way could read along, or answer in its place. "
                              "Write " +
                              shown + "/KEY; the server's keeper sees the key with: daftard key show");
  }
  return *std::move(read);
}

std::string AddressForPeople(const std::string& address) {
  const StatusOr<ServerAddress> read = ReadServerAddress(address);
  return read.ok() && read->key ? read->where + ", key " + read->key->Fingerprint() : address;
}

}  // namespace daftar
