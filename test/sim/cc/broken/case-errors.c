// gcc
int main(void) {
  int x = 1;
  case 1: return 1;
  switch (x) {
    case 1: break;
    case 1: break;
    case x: break;
    default: break;
    default: break;
  }
  break;
  continue;
  return 0;
}
