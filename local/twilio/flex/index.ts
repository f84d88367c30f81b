export { createFlex, type Flex, type FlexSnapshot } from './flex.ts'
