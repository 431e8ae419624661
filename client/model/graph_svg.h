// A graph as a picture in SVG 1.1, written here: for reports, and for whoever prints it.
#pragma once

#include <string>
#include <string_view>

namespace daftar {

struct Graph;

// The whole picture, with its list of signs and what is left out below it. All text is text: it can be searched, and is
// written as it is, in logical order, so that right-to-left names stand as they should. Title and description are for
// screen readers; each box and line tells its own. The same graph gives the same bytes.
std::string GraphAsSvg(const Graph& graph);

// Text for XML: what has a meaning there is escaped, what may not stand there is left out, and bytes that are no UTF-8
// become U+FFFD.
std::string XmlText(std::string_view text);

}  // namespace daftar
