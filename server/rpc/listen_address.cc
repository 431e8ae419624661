#include "server/rpc/listen_address.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>
#include <string_view>

namespace daftar {
namespace {

bool IsLoopback(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    return (ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr) >> 24) == 127;
  }
  return address.sa_family == AF_INET6 &&
         IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

// "[::1]" without its brackets.
std::string Bare(std::string_view host) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return std::string(bracketed ? host.substr(1, host.size() - 2) : host);
}

StatusOr<bool> AllLoopback(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    return InvalidArgument("cannot listen on " + host + ":" + port + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, freeaddrinfo);
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    if (!IsLoopback(*at->ai_addr)) return false;
  }
  return true;
}

}  // namespace

Status CheckListenAddress(const ListenAddress& listen) {
  const size_t colon = listen.address.rfind(':');
  if (colon == std::string::npos || colon == 0) {
    return InvalidArgument("\"" + listen.address + "\" is not an address; write host:port, such as 127.0.0.1:7700");
  }
  const std::string host = Bare(std::string_view(listen.address).substr(0, colon));
  DAFTAR_ASSIGN_OR_RETURN(const bool loopback, AllLoopback(host, listen.address.substr(colon + 1)));
  if (listen.insecure_loopback && !loopback) {
    return FailedPrecondition("will not listen on " + listen.address +
                              " without encryption: everything would be readable on the way. Leave "
                              "--insecure-loopback out, or listen on this machine only (127.0.0.1, [::1], localhost)");
  }
  return OkStatus();
}

}  // namespace daftar
