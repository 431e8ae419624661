#include "client/forms/reach.h"

#include <charconv>

namespace daftar::forms {
namespace {

// Adds the item that the path up to a closing bracket names, if it is one past the end of its list.
Status AddWhatIsMissing(Form& form, std::string_view path, int64_t now_ms) {
  const size_t open = path.rfind('[');
  const std::string_view digits = path.substr(open + 1, path.size() - open - 2);
  size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size())
    return InvalidArgument(std::string(path) + ": an item is chosen by its number, as in accounts[0]");
  const Node list = form.Find(path.substr(0, open));
  if (list == 0 || form.is_item(list) || !form.field(list).spec->list)
    return InvalidArgument(std::string(path.substr(0, open)) + " is no list of this form");
  const size_t there = form.ItemsOf(list).size();
  if (number > there) {
    return InvalidArgument(std::string(path) + " is not there: the list has " + std::to_string(there) +
                           (there == 1 ? " item" : " items"));
  }
  if (number == there && form.AddItem(list, now_ms) == 0) return ResourceExhausted("the form is full");
  return OkStatus();
}

}  // namespace

StatusOr<Node> Reach(Form& form, std::string_view path, int64_t now_ms) {
  for (size_t at = path.find(']'); at != std::string_view::npos; at = path.find(']', at + 1)) {
    const std::string_view item = path.substr(0, at + 1);
    if (item.find('[') == std::string_view::npos) return InvalidArgument(std::string(path) + " is no path");
    DAFTAR_RETURN_IF_ERROR(AddWhatIsMissing(form, item, now_ms));
  }
  const Node node = form.Find(path);
  if (node == 0) return InvalidArgument(std::string(path) + ": there is no such field in this form");
  const bool text = !form.is_item(node) && !form.field(node).spec->list && form.field(node).items.empty();
  if (!text) return InvalidArgument(std::string(path) + " has fields of its own: name one of them");
  return node;
}

}  // namespace daftar::forms
