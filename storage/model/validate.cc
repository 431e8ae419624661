#include "storage/model/validate.h"
