#include "client/model/address.h"

#include <cctype>

#include "storage/model/kind.h"

namespace daftar {
namespace {

constexpr std::string_view kScheme = "daftar:";

// Letters and digits of every script stay as they are; what has a meaning in an address is escaped.
std::string Escape(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string escaped;
  for (unsigned char c : text) {
    bool plain = c >= 0x80 || std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '~';
    if (plain) {
      escaped += static_cast<char>(c);
    } else {
      escaped += {'%', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return escaped;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// A "%" that begins no escape stands for itself: people type addresses.
std::string Unescape(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    int high = text[i] == '%' && i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    int low = high < 0 ? -1 : HexDigit(text[i + 2]);
    if (low >= 0) {
      plain += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

}  // namespace

std::string Address::Param(std::string_view name) const {
  auto at = params.find(std::string(name));
  return at == params.end() ? "" : at->second;
}

std::string Address::ToString() const {
  std::string text = std::string(kScheme) + word;
  if (!id.empty()) text += "/" + Escape(id);
  char separator = '?';
  for (const auto& [name, value] : params) {
    text += separator + Escape(name) + "=" + Escape(value);
    separator = '&';
  }
  return text;
}

std::optional<Address> ParseAddress(std::string_view text) {
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  while (text.starts_with('/')) text.remove_prefix(1);  // scheme handlers are fond of daftar://

  Address address;
  size_t question = text.find('?');
  std::string_view path = text.substr(0, question);
  size_t slash = path.find('/');
  address.word = Unescape(path.substr(0, slash));
  if (address.word.empty()) return std::nullopt;
  if (slash != std::string_view::npos) address.id = Unescape(path.substr(slash + 1));

  std::string_view rest = question == std::string_view::npos ? "" : text.substr(question + 1);
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    size_t equals = pair.find('=');
    std::string_view value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
    if (equals != 0 && !pair.empty()) address.params[Unescape(pair.substr(0, equals))] = Unescape(value);
  }
  return address;
}

std::string RecordAddress(std::string_view kind_word, std::string_view id) {
  return Address{std::string(kind_word), std::string(id), {}}.ToString();
}

bool IsRecordAddress(std::string_view text) {
  const std::optional<Address> address = ParseAddress(text);
  return address && !address->id.empty() && KindFromWord(address->word).has_value();
}

std::string SearchAddress(std::string_view query, std::string_view kind, std::string_view sort) {
  Address address{"search", "", {{"q", std::string(query)}}};
  if (!kind.empty()) address.params["kind"] = kind;
  if (!sort.empty() && sort != "relevance") address.params["sort"] = sort;
  return address.ToString();
}

std::string ListAddress(std::string_view kind_word) { return Address{"list", std::string(kind_word), {}}.ToString(); }

std::string HomeAddress() { return std::string(kScheme) + "home"; }
std::string GuideAddress() { return std::string(kScheme) + "guide"; }
std::string SettingsAddress() { return std::string(kScheme) + "settings"; }
std::string SyncAddress() { return std::string(kScheme) + "sync"; }

}  // namespace daftar
